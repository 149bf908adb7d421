#include "mailctl/commands.hpp"

int main(int argc, char** argv) { return mailctl::run(argc, argv); }
