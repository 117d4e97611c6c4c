// Tables for people: columns that line up also where the text is Chinese.
#ifndef CHENGXIN_CLIENT_CLI_TABLE_H_
#define CHENGXIN_CLIENT_CLI_TABLE_H_

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace chengxin::cli {

// Columns that UTF-8 text takes on a terminal: two for wide East-Asian characters and full-width forms, none
// for combining marks. Each byte that is no UTF-8 counts one.
size_t DisplayWidth(std::string_view text);

// Text that cannot steer a terminal: control characters and bytes that are no UTF-8 become "?", line breaks
// and tabs a space.
std::string Printable(std::string_view text);

// Text with spaces behind it up to `width` columns; longer text stays whole.
std::string Padded(std::string_view text, size_t width);

// Rows under a heading, columns parted by two spaces, no space at the ends of lines. Cells are made
// Printable.
class Table {
 public:
  explicit Table(std::vector<std::string> heading) : heading_(std::move(heading)) {}
  // Fewer cells than the heading has leave the rest empty; more are an error of the program.
  void Add(std::vector<std::string> cells);
  size_t rows() const { return rows_.size(); }
  void Print(std::ostream& out) const;

 private:
  std::vector<std::string> heading_;
  std::vector<std::vector<std::string>> rows_;
};

// Names and values below each other, values lined up; an empty value leaves its line out.
class Properties {
 public:
  void Add(std::string_view name, std::string_view value);
  void Print(std::ostream& out) const;

 private:
  std::vector<std::pair<std::string, std::string>> rows_;
};

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_TABLE_H_
