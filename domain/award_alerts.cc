#include "domain/award_alerts.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "domain/apply.h"
#include "domain/award_standing.h"
#include "domain/timestamps.h"
#include "domain/uscc.h"
#include "domain/view_knowledge.h"

namespace chengxin::domain {

namespace {

const std::string& NameOfResource(const log::v1::Event& event) {
  if (event.has_listing()) return event.listing().listing().name();
  return event.has_record() ? event.record().name() : event.organization().name();
}

// Whether the event is known to leave every contractor's standing as it is, without looking anywhere.
bool LeavesStandingAlone(const log::v1::Event& event, absl::Time stamp) {
  // What was not known before has no contract yet.
  if (event.has_organization()) return TimeOf(event.organization().create_time()) == stamp;
  return event.has_record() && event.record().effects().empty() &&
         TimeOf(event.record().create_time()) == stamp;
}

// Finds the awards that one decision's events concern.
class AlertWriter {
 public:
  AlertWriter(const CommandContext& context, const View& view, Decision& decision)
      : context_(context), view_(view), decision_(decision) {}

  absl::Status Run() {
    GroupEvents();
    for (const auto& [code, events] : events_of_) CHENGXIN_RETURN_IF_ERROR(Consider(code, events));
    for (auto& [name, watched] : awards_) {
      if (!watched.alerted) continue;
      TouchAward(context_, watched.award);
      *EventOf(name).mutable_award() = std::move(watched.award);
    }
    return absl::OkStatus();
  }

 private:
  struct Watched {
    v1::Award award;
    bool alerted = false;
  };

  void GroupEvents() {
    auto skipped = decision_.without_effect.begin();
    for (size_t i = 0; i < decision_.events.size(); ++i) {
      if (skipped != decision_.without_effect.end() && *skipped == i) {
        ++skipped;
        continue;
      }
      const log::v1::Event& event = decision_.events[i];
      if (LeavesStandingAlone(event, context_.stamp)) continue;
      if (const std::string_view code = OrganizationCodeOf(event); !code.empty()) {
        events_of_[std::string(code)].push_back(i);
      }
    }
  }

  absl::Status Consider(const std::string& code, const std::vector<size_t>& events) {
    CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::Award> awards, view_.ListActiveAwards(code));
    if (awards.empty()) return absl::OkStatus();
    const std::optional<Uscc> parsed = Uscc::FromStored(code);
    if (!parsed.has_value()) return absl::DataLossError("an award names a code that is none");
    if (knowledge_ == nullptr) {
      CHENGXIN_ASSIGN_OR_RETURN(knowledge_, KnowledgeOf(view_, context_.revision - 1));
    }
    CHENGXIN_ASSIGN_OR_RETURN(const std::optional<log::v1::Standing> standing, view_.FindStanding(code));
    for (v1::Award& listed : awards) {
      Watched& watched = StateOf(std::move(listed));
      if (watched.award.state() != v1::AWARD_STATE_ACTIVE) continue;
      CHENGXIN_RETURN_IF_ERROR(Compare(*parsed, standing, events, watched));
    }
    return absl::OkStatus();
  }

  // The award as the decision leaves it.
  Watched& StateOf(v1::Award listed) {
    const auto [place, is_new] = awards_.try_emplace(listed.name());
    if (!is_new) return place->second;
    for (const log::v1::Event& event : decision_.events) {
      if (event.has_award() && event.award().name() == listed.name()) listed = event.award();
    }
    place->second.award = std::move(listed);
    return place->second;
  }

  absl::Status Compare(const Uscc& code, std::optional<log::v1::Standing> standing,
                       const std::vector<size_t>& events, Watched& watched) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<std::string> qualifications,
                              RequiredQualificationsOf(watched.award, view_));
    const Question question{.effective_at = context_.stamp, .required_qualifications = qualifications};
    const v1::Eligibility before = EvaluateStanding(code, standing, *knowledge_, question);
    v1::Eligibility now = before;
    std::string cause;
    for (const size_t i : events) {
      const log::v1::Event& event = decision_.events[i];
      if (!standing.has_value()) standing.emplace().set_code(code.ToString());
      Apply(event, *standing);
      v1::Eligibility then = EvaluateStanding(code, standing, *knowledge_, question);
      if (cause.empty() && StandingDiffers(now, then)) cause = NameOfResource(event);
      now = std::move(then);
    }
    if (!StandingDiffers(before, now)) return absl::OkStatus();
    AddAlert(code.ToString(), before.verdict(), now, std::move(cause), context_, watched.award);
    watched.alerted = true;
    return absl::OkStatus();
  }

  // Where the decision has an event of the award already, that one: a Change says of a resource once what it
  // is afterwards.
  log::v1::Event& EventOf(const std::string& name) {
    for (log::v1::Event& event : decision_.events) {
      if (event.has_award() && event.award().name() == name) return event;
    }
    return decision_.events.emplace_back();
  }

  const CommandContext& context_;
  const View& view_;
  Decision& decision_;
  std::shared_ptr<const Knowledge> knowledge_;            // once an award asks for it
  std::map<std::string, std::vector<size_t>> events_of_;  // places of events by first code
  std::map<std::string, Watched> awards_;                 // by name
};

}  // namespace

absl::Status AppendAwardAlerts(const CommandContext& context, const View& view, Decision& decision) {
  return AlertWriter(context, view, decision).Run();
}

}  // namespace chengxin::domain
