#include "sendmail/run.hpp"

int main(int argc, char** argv) { return sendmail::run(argc, argv); }
