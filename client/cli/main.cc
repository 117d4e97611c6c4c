// chengxin: the command line of Chengxin.
#include <iostream>
#include <string>
#include <vector>

#include "base/clock.h"
#include "client/cli/command_line.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const int code =
      chengxin::cli::Run(std::vector<std::string>(argv + 1, argv + argc),
                         {.in = std::cin, .out = std::cout, .err = std::cerr}, chengxin::SystemClock());
  std::cout.flush();
  // What was asked for and could not be written was not done.
  return std::cout.good() ? code : 1;
}
