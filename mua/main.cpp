#include "mua/commands.hpp"

int main(int argc, char** argv) { return mua::run(argc, argv); }
