// Divisions (行政区划; GB/T 2260) with their history: a code once listed stays valid in a unified social
// credit code (rule 4).
#ifndef CHENGXIN_DOMAIN_DIVISIONS_H_
#define CHENGXIN_DOMAIN_DIVISIONS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// An immutable table, once its rows are added. National-level development zones have no code of their own.
class Divisions {
 public:
  // Adds one row; months as "YYYY-MM", `last_listed` empty where it is listed still. InvalidArgument where
  // the code has not six digits or a month is wrong. One code may have several rows.
  absl::Status Add(int code, std::string_view name, std::string_view first_listed,
                   std::string_view last_listed);

  // Whether it was ever listed.
  bool ever_listed(int code) const { return rows_.contains(code); }
  // The name on a day; empty where it was not listed then.
  std::string_view NameOn(int code, CivilDay day) const;
  size_t size() const { return rows_.size(); }

 private:
  struct Row {
    std::string name;
    int first_month = 0;  // year * 12 + month
    int last_month = 0;
  };
  absl::flat_hash_map<int, std::vector<Row>> rows_;
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_DIVISIONS_H_
