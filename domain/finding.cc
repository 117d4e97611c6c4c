#include "domain/finding.h"

#include <optional>
#include <string>
#include <utility>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// The same said twice.
struct Words {
  std::string zh;
  std::string en;
};

std::string Minute(absl::Time time) { return absl::FormatTime("%Y-%m-%d %H:%M", time, Shanghai()); }

// A maximum age in the largest unit that says it exactly.
Words Age(int64_t seconds) {
  struct Unit {
    int64_t seconds;
    std::string_view zh;
    std::string_view en;
  };
  constexpr Unit kUnits[] = {
      {86'400, "天", "days"}, {3'600, "小时", "hours"}, {60, "分钟", "minutes"}, {1, "秒", "seconds"}};
  for (const Unit& unit : kUnits) {
    if (seconds % unit.seconds == 0)
      return {StrCat(seconds / unit.seconds, unit.zh), StrCat(seconds / unit.seconds, " ", unit.en)};
  }
  return {};
}

std::string_view OrZh(const std::string& en, const std::string& zh) { return en.empty() ? zh : en; }

// How old a source is, as a clause.
Words Freshness(const PlannedSource& source, bool fresh) {
  const std::string& name = source.row->display_name();
  if (!source.as_of.has_value())
    return {StrCat("来源“", name, "”尚未完整读取"),
            StrCat("source ", source.row->id(), " was never read completely")};
  Words words{StrCat("来源“", name, "”截至", Minute(*source.as_of)),
              StrCat("source ", source.row->id(), " as of ", Minute(*source.as_of))};
  if (fresh) return words;
  const Words age = Age(source.row->maximum_age_seconds());
  words.zh += StrCat("，已超过允许的", age.zh);
  words.en += StrCat(", older than the ", age.en, " allowed");
  return words;
}

Words OfFact(const CompactFinding& compact, bool records_fresh) {
  const Fact& fact = *compact.fact;
  if (compact.ground == nullptr) {
    return {StrCat("记录的情形", fact.ground, "不在目录中，无法判断"),
            StrCat("the catalogue has no ground ", fact.ground, ", so its weight cannot be told")};
  }
  Words words;
  if (compact.ground->list() == v1::LIST_KIND_SEVERE)
    words = {"列入严重违法失信名单：", "on the severe list (严重违法失信名单): "};
  if (compact.ground->list() == v1::LIST_KIND_ABNORMAL)
    words = {"列入活动异常名录：", "on the abnormal list (活动异常名录): "};
  words.zh += compact.ground->zh();
  words.en += OrZh(compact.ground->en(), compact.ground->zh());
  if (!fact.subject.empty()) {
    words.zh += StrCat("：", fact.subject);
    words.en += StrCat(": ", fact.subject);
  }
  if (compact.outcome == v1::OUTCOME_NOT_ASSESSED && compact.source != nullptr) {
    const Words freshness = Freshness(*compact.source, records_fresh);
    words.zh += StrCat("；", freshness.zh, "，由购买主体核实");
    words.en += StrCat("; ", freshness.en, ": the purchaser verifies");
  }
  return words;
}

Words OfNotAssessed(const CompactFinding& compact, bool records_fresh) {
  Words words =
      compact.subject.empty()
          ? Words{"没有记录，由购买主体核实", "nothing is recorded: the purchaser verifies"}
          : Words{StrCat("项目要求的资质没有记录，由购买主体核实：", compact.subject),
                  StrCat("no record of the qualification the project requires, the purchaser verifies: ",
                         compact.subject)};
  if (compact.source != nullptr) {
    const Words freshness = Freshness(*compact.source, records_fresh);
    words.zh += StrCat("；", freshness.zh);
    words.en += StrCat("; ", freshness.en);
  }
  return words;
}

Words OfNothingAdverse(v1::Condition condition) {
  switch (condition) {
    case v1::CONDITION_REGISTRATION:
      return {"登记状态正常，能独立承担民事责任", "registered, active, and able to bear civil liability"};
    case v1::CONDITION_SUPERVISION_AND_REPUTATION:
      return {"未列入活动异常名录，未见需审查的情形",
              "not on the abnormal list (活动异常名录), nothing else to review"};
    default:
      return {"未列入严重违法失信名单，未见不得选择的情形",
              "not on the severe list (严重违法失信名单), no other bar to selection"};
  }
}

// What the register, or its absence, says.
Words OfRegister(const CompactFinding& compact) {
  switch (compact.reason) {
    case v1::REASON_CODE_NOT_REGISTERED:
      if (compact.since_day != 0) {
        return {"登记库的完整读取中已没有该组织",
                "a complete reading of its register no longer has the organization"};
      }
      return {"登记库中没有该统一社会信用代码", "the register that covers this code does not have it"};
    case v1::REASON_CODE_CANCELLED:
      return {"已注销登记", "registration cancelled"};
    case v1::REASON_CODE_REVOKED:
      return {"登记被撤销或者登记证书被吊销", "registration or certificate revoked"};
    case v1::REASON_CODE_NOT_YET_ESTABLISHED:
      return {"在所问时点尚未成立", "not yet established at the instant asked for"};
    case v1::REASON_CODE_NOT_LEGAL_PERSON:
      return {"登记证书为合伙或者个体形式，应审查其独立承担民事责任的能力",
              "the certificate is a partnership's or an individual's: review the capacity to bear civil "
              "liability"};
    case v1::REASON_CODE_OUTSIDE_COVERAGE:
      return {"登记管理机关不在本平台已接入的登记库范围内",
              "outside the registers that this platform declares covered"};
    case v1::REASON_CODE_NOT_SOCIAL_ORGANIZATION:
      return {"不是社会组织的统一社会信用代码，本平台不掌握其情况",
              "not the code of a social organization; this platform does not know it"};
    case v1::REASON_CODE_IN_LIQUIDATION:
      return {"正在清算，不得从事与清算无关的活动",
              "in liquidation: no activity but the liquidation is allowed"};
    case v1::REASON_CODE_SUSPENDED:
      return {"被限期停止活动", "ordered to stop its activity"};
    default:
      if (compact.outcome == v1::OUTCOME_REVIEW)
        return {"登记副本未载明登记证书形式，应查看其登记证书",
                "the register does not state the form of the certificate: look at the certificate"};
      return {"登记副本未载明所问时点的登记状态",
              "the register does not say the status at the instant asked for"};
  }
}

Words OfMissing(const CompactFinding& compact) {
  if (compact.missing == nullptr)
    return {"该组织的登记来源不在目录中", "the source of this registration is not in the catalogue"};
  return {StrCat("目录中没有来源提供", compact.missing->zh),
          StrCat("no source of the catalogue delivers ", compact.missing->en)};
}

Words BodyOf(const CompactFinding& compact, absl::Time effective_at) {
  const bool fresh = compact.source != nullptr && compact.source->FreshAt(absl::ToUnixNanos(effective_at));
  if (compact.fact != nullptr) return OfFact(compact, fresh);
  switch (compact.reason) {
    case v1::REASON_CODE_SOURCE_STALE: {
      const Words freshness = Freshness(*compact.source, fresh);
      // Fresh, and yet of no use for this organization.
      if (fresh) {
        return {StrCat(freshness.zh, "，读取在本平台获知该组织之前，可能未收入其条目，无法确认"),
                StrCat(freshness.en,
                       ", read before the platform knew of the organization, and so perhaps without its "
                       "entries: cannot be told")};
      }
      return {StrCat(freshness.zh, "，无法确认"), StrCat(freshness.en, ": cannot be told")};
    }
    case v1::REASON_CODE_SOURCE_NOT_CONFIGURED:
      return OfMissing(compact);
    case v1::REASON_CODE_PURCHASER_VERIFIES:
      return OfNotAssessed(compact, fresh);
    case v1::REASON_CODE_NOTHING_ADVERSE:
      return OfNothingAdverse(compact.condition);
    default:
      return OfRegister(compact);
  }
}

// Since when it holds, where that is known.
std::optional<absl::Time> SinceOf(const CompactFinding& compact, absl::Time effective_at) {
  if (compact.fact != nullptr) return absl::FromUnixNanos(compact.fact->from_ns);
  if (compact.since_day != 0) return StartOfDay(CivilDay::FromNumber(compact.since_day));
  // Nothing where it is fresh and only taken too early for this organization.
  const bool out_of_date = compact.reason == v1::REASON_CODE_SOURCE_STALE &&
                           !compact.source->FreshAt(absl::ToUnixNanos(effective_at));
  if (out_of_date && compact.source->as_of.has_value())
    return absl::FromUnixNanos(compact.source->fresh_through_ns) + absl::Nanoseconds(1);
  return std::nullopt;
}

const v1::LegalBasis* BasisOf(const CompactFinding& compact, const EvaluationPlan& plan) {
  if (compact.ground != nullptr) return &compact.ground->legal_basis();
  const v1::ConditionText* text = plan.ConditionIn(compact.condition);
  return text == nullptr ? nullptr : &text->legal_basis();
}

}  // namespace

void Spell(const CompactFinding& compact, const EvaluationPlan& plan, absl::Time effective_at,
           v1::Finding& finding) {
  finding.set_condition(compact.condition);
  finding.set_outcome(compact.outcome);
  finding.set_reason(compact.reason);
  if (compact.ground != nullptr) {
    finding.set_ground(compact.ground->id());
  } else if (compact.fact != nullptr) {
    finding.set_ground(compact.fact->ground);
  }
  if (compact.fact != nullptr) {
    finding.set_reference(compact.fact->reference);
  } else if (compact.source != nullptr) {
    finding.set_reference(SourceName(compact.source->row->id()));
  }
  Words words = BodyOf(compact, effective_at);
  Words tail;
  if (const std::optional<absl::Time> since = SinceOf(compact, effective_at); since.has_value()) {
    SetTimestamp(*since, *finding.mutable_since());
    const std::string day = DayOf(*since).ToString();
    tail = {StrCat("自", day, "起"), StrCat("since ", day)};
  }
  const v1::LegalBasis* basis = BasisOf(compact, plan);
  if (basis != nullptr && !basis->zh().empty()) {
    finding.set_legal_basis(basis->en().empty() ? basis->zh() : StrCat(basis->zh(), " (", basis->en(), ")"));
    tail.zh += StrCat(tail.zh.empty() ? "" : "；", "依据：", basis->zh());
    tail.en += StrCat(tail.en.empty() ? "" : "; ", "basis: ", OrZh(basis->en(), basis->zh()));
  }
  if (!tail.zh.empty()) {
    words.zh += StrCat("（", tail.zh, "）");
    words.en += StrCat(" (", tail.en, ")");
  }
  finding.set_message_zh(std::move(words.zh));
  finding.set_message_en(std::move(words.en));
}

}  // namespace chengxin::domain
