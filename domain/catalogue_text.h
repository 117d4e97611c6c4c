// The catalogue as people keep it: text files under deploy/catalogue/, put together into one message.
#ifndef CHENGXIN_DOMAIN_CATALOGUE_TEXT_H_
#define CHENGXIN_DOMAIN_CATALOGUE_TEXT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "chengxin/v1/catalogue.pb.h"

namespace chengxin::domain {

// The two tables, by file name.
inline constexpr std::string_view kDivisionsFile = "divisions.csv";
inline constexpr std::string_view kHolidaysFile = "holidays.csv";

// One file: its name without folders, and what it holds (UTF-8, with or without a byte-order mark).
struct CatalogueFile {
  std::string name;
  std::string content;
};

// Puts a catalogue together from its files. Pure; the order of the files does not matter.
//
//   *.txtpb        text format of chengxin.v1.Catalogue. Rows of all files are joined, in the order of the
//   file
//                  names; a field that can stand once only (version, remedies_zh, …) may stand in one file
//                  only.
//   divisions.csv  code,name,first_listed,last_listed      → divisions; months YYYY-MM, the last may be empty
//   holidays.csv   date,kind,name                          → calendar; kind is "off" (放假) or "work"
//   (调休上班).
//                  A year is loaded only if the file has rows for it.
//
// Other files are left alone, but a .csv file of another name is an error: it is a misspelt table. The tables
// begin with the line of column names above; a field may be quoted as CSV is.
//
// InvalidArgument as "file:line:column: what was wrong" (lines and columns from 1; CSV without column). What
// the catalogue says is judged by CompiledCatalogue::Compile, not here.
absl::StatusOr<v1::Catalogue> AssembleCatalogue(absl::Span<const CatalogueFile> files);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CATALOGUE_TEXT_H_
