#include "domain/catalogue_check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "domain/catalogue_rows.h"
#include "domain/uscc.h"

namespace chengxin::domain {

namespace {

// Limits of what a catalogue may say.
constexpr size_t kMaximumVersionLength = 100;  // bytes
constexpr int kMaximumCaptureWorkingDays = 60;
constexpr int64_t kMaximumAgeSeconds = int64_t{3660} * 24 * 60 * 60;  // ten years
constexpr int kAbnormalGrounds = 7;                                   // rule 19; O60 art 11
constexpr int kSevereGrounds = 8;                                     // rule 19; O60 art 15

// Checks one catalogue and names what is wrong with it.
class Checker : private RowChecks {
 public:
  Checker(const v1::Catalogue& catalogue, const Divisions& divisions, FieldViolations& violations)
      : RowChecks(violations), catalogue_(catalogue), divisions_(divisions) {
    for (const v1::Authority& authority : catalogue_.authorities())
      authorities_.emplace(authority.id(), &authority);
    for (const v1::Ground& ground : catalogue_.grounds()) grounds_.emplace(ground.id(), &ground);
  }

  void Run() {
    CheckWhole();
    for (int i = 0; i < catalogue_.authorities_size(); ++i) CheckAuthority(i);
    for (int i = 0; i < catalogue_.grounds_size(); ++i) CheckGround(i);
    CheckTwoLists();
    for (int i = 0; i < catalogue_.sources_size(); ++i) CheckSource(i);
    for (int i = 0; i < catalogue_.thresholds_size(); ++i) CheckThreshold(i);
    for (int i = 0; i < catalogue_.conditions_size(); ++i) CheckCondition(i);
  }

 private:
  void CheckWhole();
  void CheckAuthority(int index);
  void CheckGround(int index);
  void CheckListingGround(const v1::Ground& ground, const std::string& at);
  void CheckPenalty(const v1::Ground& ground, const std::string& at);
  void CheckTwoLists();
  void CheckSource(int index);
  void CheckRegistry(const v1::Source& source, const std::string& at);
  void CheckDelivered(const v1::Source& source, const std::string& at);
  void CheckThreshold(int index);
  void CheckCondition(int index);

  const v1::Catalogue& catalogue_;
  const Divisions& divisions_;
  std::map<std::string, const v1::Authority*> authorities_;  // the first row of each id
  std::map<std::string, const v1::Ground*> grounds_;         // the first row of each id
  std::set<std::string> authority_ids_;
  std::set<std::string> source_ids_;
  std::set<int> condition_rows_;
  Seen ground_days_;
  Seen threshold_days_;
  // Listing grounds whose row is right so far, for the count of rule 19.
  std::vector<std::pair<DaysInForce, v1::ListKind>> listing_rows_;
  bool listing_rows_complete_ = true;
  std::map<std::string, std::string> registry_of_authority_;
  std::map<int, std::string> registry_of_division_;
};

void Checker::CheckWhole() {
  Require(!catalogue_.version().empty() && catalogue_.version().size() <= kMaximumVersionLength, "version",
          "应为1至100个字节 (expected 1 to 100 bytes)");
  Require(catalogue_.capture_working_days() >= 1 &&
              catalogue_.capture_working_days() <= kMaximumCaptureWorkingDays,
          "capture_working_days", "应为1至60个工作日 (expected 1 to 60 working days)");
  Require(!catalogue_.remedies_zh().empty(), "remedies_zh", kMissing);
}

void Checker::CheckAuthority(int index) {
  const v1::Authority& authority = catalogue_.authorities(index);
  const std::string at = StrCat("authorities[", index, "]");
  Require(IsLowerId(authority.id()), at + ".id", kExpectedId);
  Require(authority_ids_.insert(authority.id()).second, at + ".id", "重复 (stands twice)");
  Require(!authority.display_name().empty(), at + ".display_name", kMissing);
  Require(!authority.display_name_en().empty(), at + ".display_name_en", kMissing);
  Require(divisions_.ever_listed(authority.division()), at + ".division",
          "不在行政区划表中 (not in the table of divisions)");
  if (!authority.code().empty()) {
    if (const auto code = Uscc::Parse(authority.code()); !code.ok()) {
      Add(at + ".code", ToStd(code.status().message()));
    }
  }
  if (const auto days = ParseValidity(authority.validity()); !days.ok()) {
    Add(at + ".validity", ToStd(days.status().message()));
  }
  // Up to the top; more steps than there are authorities go round in a circle.
  const v1::Authority* step = &authority;
  for (int steps = 0; !step->parent().empty(); ++steps) {
    const auto parent = authorities_.find(step->parent());
    if (parent == authorities_.end()) {
      Require(step != &authority, at + ".parent",
              "上级机关不在目录中 (the superior is not in the catalogue)");
      return;
    }
    if (steps > catalogue_.authorities_size()) {
      Add(at + ".parent", "上级机关成环 (the superiors go round in a circle)");
      return;
    }
    step = parent->second;
  }
}

void Checker::CheckGround(int index) {
  const v1::Ground& ground = catalogue_.grounds(index);
  const std::string at = StrCat("grounds[", index, "]");
  Require(IsGroundId(ground.id()), at + ".id",
          "应为1至63个大写字母、数字和连字符 (expected 1 to 63 upper-case letters, digits and hyphens)");
  Require(!ground.zh().empty(), at + ".zh", kMissing);
  Require(!ground.en().empty(), at + ".en", kMissing);
  Require(ground.origin() != v1::GROUND_ORIGIN_UNSPECIFIED && v1::GroundOrigin_IsValid(ground.origin()),
          at + ".origin", kMissing);
  Require(ground.condition() != v1::CONDITION_UNSPECIFIED && v1::Condition_IsValid(ground.condition()),
          at + ".condition", kMissing);
  Require(ground.outcome() == v1::OUTCOME_FAIL || ground.outcome() == v1::OUTCOME_REVIEW ||
              ground.outcome() == v1::OUTCOME_PASS,
          at + ".outcome", "应为FAIL、REVIEW或PASS (expected FAIL, REVIEW or PASS)");
  Require(ground.list() != v1::LIST_KIND_SEVERE || ground.outcome() == v1::OUTCOME_FAIL, at + ".outcome",
          "严重违法失信名单的情形应为FAIL (a ground of the severe list must be FAIL: rule 44)");
  Require(
      ground.list() != v1::LIST_KIND_ABNORMAL || ground.outcome() != v1::OUTCOME_PASS, at + ".outcome",
      "活动异常名录的情形应为REVIEW或FAIL (a ground of the abnormal list must be REVIEW or FAIL: rule 45)");
  Require(ground.reason() != v1::REASON_CODE_UNSPECIFIED && v1::ReasonCode_IsValid(ground.reason()),
          at + ".reason", kMissing);
  CheckPeriod(ground.minimum_period(), at + ".minimum_period");
  CheckPeriod(ground.maximum_display(), at + ".maximum_display");
  CheckPeriod(ground.ex_officio_removal(), at + ".ex_officio_removal");
  CheckPeriod(ground.holds_for(), at + ".holds_for");
  CheckPeriod(ground.ex_officio_removal(), at + ".ex_officio_removal");
  CheckBasis(ground.legal_basis(), ground.has_legal_basis(), at + ".legal_basis");
  CheckListingGround(ground, at);
  CheckPenalty(ground, at);
  const v1::Ground& first = *grounds_.at(ground.id());
  Require(ground.origin() == first.origin() && ground.list() == first.list(), at + ".origin",
          StrCat(ground.id(), "的各行来源和名单应一致 (rows of ", ground.id(), " differ in origin or list)"));
  const std::optional<DaysInForce> days =
      CheckValidity(ground.id(), ground.validity(), ground_days_, at + ".validity");
  if (ground.origin() != v1::GROUND_ORIGIN_LISTING) return;
  if (days.has_value()) {
    listing_rows_.emplace_back(*days, ground.list());
  } else {
    listing_rows_complete_ = false;
  }
}

void Checker::CheckListingGround(const v1::Ground& ground, const std::string& at) {
  if (ground.origin() == v1::GROUND_ORIGIN_LISTING) {
    Require(ground.list() == v1::LIST_KIND_ABNORMAL || ground.list() == v1::LIST_KIND_SEVERE, at + ".list",
            "应为两个名单之一 (expected one of the two lists)");
    Require(!ground.removal_zh().empty(), at + ".removal_zh", kMissing);
  } else {
    Require(ground.list() == v1::LIST_KIND_UNSPECIFIED, at + ".list",
            "只有列入决定的情形才有名单 (only grounds of listing decisions have a list)");
    Require(!ground.residual(), at + ".residual",
            "只有列入决定的情形才有兜底 (only grounds of listing decisions can be residual)");
  }
  Require(!ground.moves_from_abnormal() || ground.list() == v1::LIST_KIND_SEVERE, at + ".moves_from_abnormal",
          "只适用于严重违法失信名单 (for grounds of the severe list only)");
}

void Checker::CheckPenalty(const v1::Ground& ground, const std::string& ground_at) {
  if (!ground.has_penalty()) return;
  const v1::PenaltyTrigger& penalty = ground.penalty();
  const std::string at = ground_at + ".penalty";
  Require(ground.origin() == v1::GROUND_ORIGIN_LISTING && !ground.residual(), at,
          "只适用于非兜底的列入情形 (for grounds of listing decisions that are not residual only)");
  Require(!penalty.kinds().empty(), at + ".kinds", kMissing);
  bool has_fine = false;
  for (const int kind : penalty.kinds()) {
    has_fine = has_fine || kind == v1::PENALTY_KIND_FINE;
    Require(kind != v1::PENALTY_KIND_UNSPECIFIED && v1::PenaltyKind_IsValid(kind), at + ".kinds",
            "未知的处罚种类 (unknown kind of penalty)");
  }
  const int64_t least = penalty.fine_at_least_fen();
  const int64_t below = penalty.fine_below_fen();
  Require(least >= 0 && below >= 0 && (below == 0 || least < below), at + ".fine_below_fen",
          "罚款上下限颠倒 (the bounds of the fine are not in order)");
  Require(has_fine || (least == 0 && below == 0), at + ".kinds",
          "有罚款数额即应含罚款 (bounds of a fine need the kind FINE)");
  Require(penalty.count() >= 0, at + ".count", "不能为负 (must not be negative)");
  if (penalty.count() <= 1) {
    Require(penalty.period().empty() && penalty.counts_ground().empty(), at + ".count",
            "有期间或被计情形即应不少于2次 (a period or a counted ground needs a count of 2 or more)");
    return;
  }
  Require(!penalty.period().empty(), at + ".period", kMissing);
  CheckPeriod(penalty.period(), at + ".period");
  const auto counted = grounds_.find(penalty.counts_ground());
  Require(
      counted != grounds_.end() && counted->second->has_penalty() && counted->second->penalty().count() <= 1,
      at + ".counts_ground",
      "应为目录中一次处罚即触发的情形 (expected a ground of the catalogue that one penalty meets)");
}

void Checker::CheckTwoLists() {
  // Where a row is wrong by itself, counting would only repeat it.
  if (!listing_rows_complete_) return;
  std::set<CivilDay> changes;
  for (const auto& [days, list] : listing_rows_) {
    changes.insert(days.from);
    changes.insert(days.through + 1);
  }
  for (const CivilDay day : changes) {
    int abnormal = 0;
    int severe = 0;
    for (const auto& [days, list] : listing_rows_) {
      if (day < days.from || day > days.through) continue;
      ++(list == v1::LIST_KIND_ABNORMAL ? abnormal : severe);
    }
    if ((abnormal == 0 && severe == 0) || (abnormal == kAbnormalGrounds && severe == kSevereGrounds))
      continue;
    Add("grounds", StrCat(day.ToString(), "起活动异常名录有", abnormal, "项、严重违法失信名单有", severe,
                          "项列入情形，应为7项和8项 (from ", day.ToString(), " on there are ", abnormal,
                          " grounds of the abnormal and ", severe,
                          " of the severe list; expected 7 and 8: O60 arts 11, 15)"));
  }
}

void Checker::CheckSource(int index) {
  const v1::Source& source = catalogue_.sources(index);
  const std::string at = StrCat("sources[", index, "]");
  Require(IsLowerId(source.id()), at + ".id", kExpectedId);
  Require(source_ids_.insert(source.id()).second, at + ".id", "重复 (stands twice)");
  Require(!source.display_name().empty(), at + ".display_name", kMissing);
  Require(source.kind() != v1::SOURCE_KIND_UNSPECIFIED && v1::SourceKind_IsValid(source.kind()), at + ".kind",
          kMissing);
  if (source.kind() == v1::SOURCE_KIND_LISTS) {
    Require(source.maximum_age_seconds() == 0, at + ".maximum_age_seconds",
            "本平台自有名单没有时限，应为0 (the platform's own lists are always current: expected 0)");
  } else {
    Require(source.maximum_age_seconds() > 0 && source.maximum_age_seconds() <= kMaximumAgeSeconds,
            at + ".maximum_age_seconds", "应为1秒至10年 (expected 1 second to 10 years)");
  }
  for (int i = 0; i < source.required_by_size(); ++i) {
    const int condition = source.required_by(i);
    Require(condition != v1::CONDITION_UNSPECIFIED && v1::Condition_IsValid(condition),
            StrCat(at, ".required_by[", i, "]"), "未知的条件 (unknown condition)");
  }
  CheckRegistry(source, at);
  CheckDelivered(source, at);
}

void Checker::CheckRegistry(const v1::Source& source, const std::string& at) {
  if (source.kind() != v1::SOURCE_KIND_REGISTRY) {
    if (source.kind() == v1::SOURCE_KIND_LISTS) {
      for (int i = 0; i < source.authorities_size(); ++i) {
        const std::string& id = source.authorities(i);
        Require(authorities_.count(id) > 0, StrCat(at, ".authorities[", i, "]"),
                StrCat(id, "不在目录中 (", id, " is not in the catalogue)"));
      }
    } else {
      Require(source.authorities().empty(), at + ".authorities",
              "只适用于登记来源和本平台自有名单 (for registers and the platform's own lists only)");
    }
    Require(source.covered_divisions().empty(), at + ".covered_divisions",
            "只适用于登记来源 (for registers only)");
    return;
  }
  Require(!source.authorities().empty(), at + ".authorities", kMissing);
  for (int i = 0; i < source.authorities_size(); ++i) {
    const std::string& id = source.authorities(i);
    const std::string path = StrCat(at, ".authorities[", i, "]");
    Require(authorities_.count(id) > 0, path, StrCat(id, "不在目录中 (", id, " is not in the catalogue)"));
    const auto [first, added] = registry_of_authority_.emplace(id, source.id());
    Require(added, path,
            StrCat(id, "已由", first->second, "提供 (", first->second, " delivers ", id, " already)"));
  }
  for (int i = 0; i < source.covered_divisions_size(); ++i) {
    const int division = source.covered_divisions(i);
    const std::string path = StrCat(at, ".covered_divisions[", i, "]");
    Require(divisions_.ever_listed(division), path,
            StrCat(division, "不在行政区划表中 (", division, " is not in the table of divisions)"));
    const auto [first, added] = registry_of_division_.emplace(division, source.id());
    Require(
        added, path,
        StrCat(division, "已由", first->second, "覆盖 (", first->second, " covers ", division, " already)"));
  }
}

void Checker::CheckDelivered(const v1::Source& source, const std::string& at) {
  if (source.kind() != v1::SOURCE_KIND_EXTERNAL_LIST) {
    Require(source.grounds().empty(), at + ".grounds", "只适用于外部名单 (for external lists only)");
    return;
  }
  Require(!source.grounds().empty(), at + ".grounds", kMissing);
  for (int i = 0; i < source.grounds_size(); ++i) {
    const auto ground = grounds_.find(source.grounds(i));
    const bool fits = ground != grounds_.end() && (ground->second->origin() == v1::GROUND_ORIGIN_EXTERNAL ||
                                                   ground->second->origin() == v1::GROUND_ORIGIN_RECORD);
    Require(fits, StrCat(at, ".grounds[", i, "]"),
            StrCat(source.grounds(i), "不是目录中来自外部或记录的情形 (", source.grounds(i),
                   " is no ground of the catalogue that comes from outside or from records)"));
  }
}

void Checker::CheckThreshold(int index) {
  const v1::Threshold& threshold = catalogue_.thresholds(index);
  const std::string at = StrCat("thresholds[", index, "]");
  Require(IsLowerId(threshold.id()), at + ".id", kExpectedId);
  Require(threshold.value() > 0, at + ".value", "应大于0 (expected more than 0)");
  CheckBasis(threshold.legal_basis(), threshold.has_legal_basis(), at + ".legal_basis");
  CheckValidity(threshold.id(), threshold.validity(), threshold_days_, at + ".validity");
}

void Checker::CheckCondition(int index) {
  const v1::ConditionText& text = catalogue_.conditions(index);
  const std::string at = StrCat("conditions[", index, "]");
  Require(text.condition() != v1::CONDITION_UNSPECIFIED && v1::Condition_IsValid(text.condition()),
          at + ".condition", kMissing);
  Require(condition_rows_.insert(text.condition()).second, at + ".condition", "重复 (stands twice)");
  Require(!text.zh().empty(), at + ".zh", kMissing);
  Require(!text.en().empty(), at + ".en", kMissing);
  CheckBasis(text.legal_basis(), text.has_legal_basis(), at + ".legal_basis");
}

// The days of one list of a calendar year that parse; the others are named.
std::vector<CivilDay> DaysOf(const google::protobuf::RepeatedPtrField<std::string>& texts,
                             std::string_view at, FieldViolations& violations) {
  std::vector<CivilDay> days;
  for (int i = 0; i < texts.size(); ++i) {
    if (const auto day = CivilDay::Parse(texts[i]); day.ok()) {
      days.push_back(*day);
    } else {
      violations.Add(StrCat(at, "[", i, "]"), ToStd(day.status().message()));
    }
  }
  return days;
}

}  // namespace

absl::StatusOr<DaysInForce> ParseValidity(const v1::Validity& validity) {
  if (validity.from().empty()) {
    return absl::InvalidArgumentError("缺少生效日期 (the first day is missing)");
  }
  const absl::StatusOr<CivilDay> from = CivilDay::Parse(validity.from());
  if (!from.ok()) return from.status();
  if (validity.through().empty()) return DaysInForce{*from, CivilDay(9999, 12, 31)};
  const absl::StatusOr<CivilDay> through = CivilDay::Parse(validity.through());
  if (!through.ok()) return through.status();
  if (*through < *from) {
    return absl::InvalidArgumentError(StrCat("失效日期", validity.through(), "早于生效日期", validity.from(),
                                             " (the last day lies before the first)"));
  }
  return DaysInForce{*from, *through};
}

void BuildTables(const v1::Catalogue& catalogue, Divisions& divisions, WorkingCalendar& calendar,
                 FieldViolations& violations) {
  for (int i = 0; i < catalogue.divisions_size(); ++i) {
    const v1::Division& row = catalogue.divisions(i);
    const std::string at = StrCat("divisions[", i, "]");
    if (row.display_name().empty()) violations.Add(at + ".display_name", kMissing);
    const absl::Status added =
        divisions.Add(row.code(), row.display_name(), row.first_listed(), row.last_listed());
    if (!added.ok()) violations.Add(at, ToStd(added.message()));
  }
  for (int i = 0; i < catalogue.calendar_size(); ++i) {
    const v1::CalendarYear& year = catalogue.calendar(i);
    const std::string at = StrCat("calendar[", i, "]");
    const std::vector<CivilDay> off = DaysOf(year.days_off(), at + ".days_off", violations);
    const std::vector<CivilDay> working = DaysOf(year.working_days(), at + ".working_days", violations);
    const absl::Status loaded = calendar.LoadYear(year.year(), off, working);
    if (!loaded.ok()) violations.Add(at, ToStd(loaded.message()));
  }
}

void CheckRows(const v1::Catalogue& catalogue, const Divisions& divisions, FieldViolations& violations) {
  Checker(catalogue, divisions, violations).Run();
  CheckProcedureRows(catalogue, violations);
}

}  // namespace chengxin::domain
