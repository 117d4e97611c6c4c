// What the parser of a command line complains of, for officers: Chinese first.
#ifndef CHENGXIN_BASE_PARSER_MESSAGE_H_
#define CHENGXIN_BASE_PARSER_MESSAGE_H_

#include <string>
#include <string_view>

namespace chengxin {

// CLI11's complaint in Chinese, with the English behind it in brackets. `exit_code` tells its kind, as
// CLI::Error::get_exit_code has it, and `english` is its text. What the parser names, the user's own words
// among it, stays as it is. A complaint of our own that is in Chinese already is given back without change;
// one of a kind or form that is not known comes whole behind 命令行有误.
std::string ParserMessage(int exit_code, std::string_view english);

}  // namespace chengxin

#endif  // CHENGXIN_BASE_PARSER_MESSAGE_H_
