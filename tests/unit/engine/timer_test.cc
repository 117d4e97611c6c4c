// The timer: what falls due happens in order, once, when its time has come.
#include "engine/timer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fault_env.h"
#include "tests/support/ledger.h"

namespace chengxin::engine {
namespace {

using domain::CivilDay;
using testing::ElementsAre;
using testing::IsEmpty;

absl::Time Day(CivilDay day) { return domain::StartOfDay(day); }
const CivilDay kFirstDay(2026, 11, 24);

// The part of an engine that lets dues happen, with a law of its own: an entry's public display ends when its
// day comes, but where `not_yet` says so. Entries whose number is divisible by three are shown again for 40
// days, up to five times.
class Desk {
 public:
  Desk(const storage::StoreOptions& folder, Clock& clock, TimerOptions options)
      : clock_(clock), store_(OpenStore(folder, options)) {
    options.interval = absl::Milliseconds(1);
    timer_ = std::make_unique<Timer>(*store_, clock, options,
                                     [this](log::v1::LetDueHappen command, Engine::Done done) {
                                       LetHappen(std::move(command), std::move(done));
                                     });
  }
  ~Desk() { timer_->Stop(); }

  Timer& timer() { return *timer_; }
  storage::Store& store() { return *store_; }

  // Whether a due may not happen at an instant.
  std::function<bool(const log::v1::Due&, absl::Time)> not_yet = [](const auto&, absl::Time) {
    return false;
  };
  // Called before a due is decided; an error is the answer.
  std::function<absl::Status(const log::v1::Due&)> before = [](const auto&) { return absl::OkStatus(); };

  // An entry on the severe list, publicly shown until the day's first instant. Before the timer starts, or
  // told of by it.
  void List(int number, CivilDay until) { Commit(ListingEventOf(number, Day(until), 0), /*listed=*/true); }
  void ActivateCatalogue() {
    log::v1::Change change;
    change.add_events()->mutable_catalogue();
    timer_->Note({&change});
  }

  // The entry was decided again, and the case has ended.
  void EndRedecision(int number) {
    log::v1::Change change;
    v1::Case& the_case = *change.add_events()->mutable_case_();
    the_case.set_origin(v1::CASE_ORIGIN_REDECISION);
    the_case.set_state(v1::CASE_STATE_DECIDED);
    the_case.set_listing(domain::ListingNameOf({CodeOfNumber(number), v1::LIST_KIND_SEVERE, 1}));
    timer_->Note({&change});
  }

  absl::StatusOr<ClockAdvance> Advance(absl::Time to) {
    std::promise<absl::StatusOr<ClockAdvance>> promise;
    timer_->Advance(to, [&](absl::StatusOr<ClockAdvance> advance) { promise.set_value(std::move(advance)); });
    return promise.get_future().get();
  }

  // "3 2026-12-01": the numbers of the entries asked for, with the day of asking, and those that happened.
  std::vector<std::string> asked() {
    MutexLock lock(mu_);
    return asked_;
  }
  std::vector<std::string> happened() {
    MutexLock lock(mu_);
    return happened_;
  }
  void WaitUntil(const std::function<bool(size_t asked, size_t happened)>& reached) {
    MutexLock lock(mu_);
    while (!reached(asked_.size(), happened_.size())) changed_.Wait(mu_);
  }

  static int NumberOf(const log::v1::Due& due) {
    const auto id = domain::ParseListingName(due.resource());
    // As CodeOfNumber writes it.
    return std::stoi(id->code.substr(11, 5));
  }

 private:
  static std::unique_ptr<storage::Store> OpenStore(storage::StoreOptions store, const TimerOptions& options) {
    if (options.simulated != nullptr) store.simulated_clock_start = options.simulated->Now();
    return *storage::Store::Open(store);
  }
  static log::v1::Event ListingEventOf(int number, absl::Time until, int shown_again) {
    log::v1::Event event = ShownUntil(
        ListingEvent({CodeOfNumber(number), v1::LIST_KIND_SEVERE, 1}, v1::LISTING_TRANSITION_LISTED, 1),
        until);
    // Any field that a due does not rest on.
    event.mutable_listing()->mutable_listing()->set_ended_by(StrCat(shown_again));
    return event;
  }

  uint64_t Commit(log::v1::Event event, bool listed) {
    if (!listed) event.mutable_listing()->set_transition(v1::LISTING_TRANSITION_DISPLAY_ENDED);
    const storage::Head head = store_->head();
    storage::NewChange change = ChangeOf(head.revision + 1, {std::move(event)});
    const absl::Time stamp = std::max(clock_.Now(), head.stamp + absl::Nanoseconds(1));
    domain::SetTimestamp(stamp, *change.envelope.mutable_stamp());
    const auto group = store_->BeginGroup();
    const auto envelope = group->Append(std::move(change));
    EXPECT_TRUE(envelope.ok()) << envelope.status();
    EXPECT_TRUE(store_->Commit(*group).ok());
    timer_->Note({&*envelope});
    return head.revision + 1;
  }

  void LetHappen(log::v1::LetDueHappen command, Engine::Done done) {
    const std::string line = StrCat(NumberOf(command.due()), " ", domain::DayOf(clock_.Now()).ToString());
    {
      MutexLock lock(mu_);
      asked_.push_back(line);
      changed_.NotifyAll();
    }
    if (absl::Status failed = before(command.due()); !failed.ok()) return done(std::move(failed));
    Committed committed{.revision = store_->head().revision, .changed = false, .events = {}, .tally = {}};
    if (!not_yet(command.due(), clock_.Now()) && *store_->HasDue(command.due())) {
      const auto id = *domain::ParseListingName(command.due().resource());
      const auto listing = **store_->FindListing(id, storage::kNewest);
      const int shown_again = listing.ended_by().front() - '0';
      const int number = NumberOf(command.due());
      log::v1::Event event = ListingEventOf(number, domain::TimeOf(listing.display_until()), shown_again);
      if (number % 3 == 0 && shown_again < 5) {
        event = ListingEventOf(number, Day(domain::DayOf(clock_.Now()) + 40), shown_again + 1);
      } else {
        event.mutable_listing()->mutable_listing()->set_display_ended(true);
      }
      committed = {.revision = Commit(std::move(event), false), .changed = true, .events = {}, .tally = {}};
      MutexLock lock(mu_);
      happened_.push_back(line);
      changed_.NotifyAll();
    }
    done(std::move(committed));
  }

  Clock& clock_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<Timer> timer_;
  Mutex mu_;
  CondVar changed_;
  std::vector<std::string> asked_ CHENGXIN_GUARDED_BY(mu_);
  std::vector<std::string> happened_ CHENGXIN_GUARDED_BY(mu_);
};

class SimulatedTimer : public testing::Test {
 protected:
  void Open() {
    clock_ = std::make_unique<SimulatedClock>(Day(kFirstDay));
    desk_ = std::make_unique<Desk>(SmallOptions(folder_.path() + "/data", disk_.env()), *clock_,
                                   TimerOptions{.simulated = clock_.get()});
  }
  SimulatedTimer() { Open(); }

  FaultEnv disk_;  // here only spares waiting for the disk
  TemporaryFolder folder_;
  std::unique_ptr<SimulatedClock> clock_;
  std::unique_ptr<Desk> desk_;
};

TEST_F(SimulatedTimer, DuesHappenInTheOrderOfTheirInstantsAndNotBefore) {
  desk_->List(1, kFirstDay + 9);
  desk_->List(2, kFirstDay + 3);
  desk_->List(4, kFirstDay + 6);
  desk_->timer().Start();
  const auto first = desk_->Advance(Day(kFirstDay + 6) - absl::Nanoseconds(1));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->dues, 1);
  EXPECT_EQ(first->revision, 4u);
  EXPECT_EQ(first->now, Day(kFirstDay + 6) - absl::Nanoseconds(1));
  EXPECT_EQ(clock_->Now(), first->now);
  EXPECT_EQ(desk_->Advance(Day(kFirstDay + 30))->dues, 2);
  EXPECT_THAT(desk_->happened(), ElementsAre("2 2026-11-27", "4 2026-11-30", "1 2026-12-03"))
      << "each on its own day, though the clock was moved on for a month";
  EXPECT_EQ(desk_->asked(), desk_->happened());
  // Each is stamped with the instant at which it fell due.
  EXPECT_EQ(*desk_->store().RevisionAt(Day(kFirstDay + 6)), 5u);
  EXPECT_EQ(*desk_->store().RevisionAt(Day(kFirstDay + 6) - absl::Nanoseconds(1)), 4u);
}

TEST_F(SimulatedTimer, WhatBecomesDueByADueHappensOnItsDay) {
  desk_->List(3, kFirstDay + 1);
  desk_->timer().Start();
  EXPECT_EQ(desk_->Advance(Day(kFirstDay + 90))->dues, 3);
  EXPECT_THAT(desk_->happened(), ElementsAre("3 2026-11-25", "3 2027-01-04", "3 2027-02-13"));
}

// Rule 64: what waits for a working day is asked for again day by day.
TEST_F(SimulatedTimer, WhatMayNotHappenYetIsAskedForAgainAfterEachMidnight) {
  desk_->not_yet = [](const log::v1::Due& due, absl::Time now) {
    return Desk::NumberOf(due) == 1 && now < Day(kFirstDay + 5);
  };
  desk_->List(1, kFirstDay + 2);
  desk_->List(2, kFirstDay + 3);
  desk_->timer().Start();
  ASSERT_TRUE(desk_->Advance(Day(kFirstDay + 4)).ok());
  EXPECT_EQ(desk_->timer().waiting(), 1);
  ASSERT_TRUE(desk_->Advance(Day(kFirstDay + 10)).ok());
  EXPECT_THAT(desk_->happened(), ElementsAre("2 2026-11-27", "1 2026-11-29"));
  EXPECT_THAT(desk_->asked(),
              ElementsAre("1 2026-11-26", "1 2026-11-27", "2 2026-11-27", "1 2026-11-28", "1 2026-11-29"));
  EXPECT_EQ(desk_->timer().waiting(), 0);
}

TEST_F(SimulatedTimer, AnotherCatalogueIsReasonToAskAtOnce) {
  bool loaded = false;
  desk_->not_yet = [&](const auto&, absl::Time) { return !loaded; };
  desk_->List(1, kFirstDay + 2);
  desk_->timer().Start();
  const absl::Time noon = Day(kFirstDay + 2) + absl::Hours(12);
  ASSERT_TRUE(desk_->Advance(noon).ok());
  loaded = true;
  EXPECT_EQ(desk_->Advance(noon)->dues, 0);
  desk_->ActivateCatalogue();
  EXPECT_EQ(desk_->Advance(noon)->dues, 1);
}

TEST_F(SimulatedTimer, ACaseThatEndedIsReasonToAskAtOnceForWhatWaitedForIt) {
  std::atomic<bool> decided_again = false;
  desk_->not_yet = [&](const log::v1::Due& due, absl::Time) {
    return !decided_again || Desk::NumberOf(due) != 1;
  };
  desk_->List(1, kFirstDay + 1);
  desk_->List(2, kFirstDay + 1);
  desk_->timer().Start();
  const absl::Time noon = Day(kFirstDay + 1) + absl::Hours(12);
  EXPECT_EQ(desk_->Advance(noon)->dues, 0);
  EXPECT_THAT(desk_->asked(), ElementsAre("1 2026-11-25", "2 2026-11-25"));
  decided_again = true;
  desk_->EndRedecision(1);
  EXPECT_EQ(desk_->Advance(noon)->dues, 1);
  // The other one waits for midnight, and none is asked for without end.
  EXPECT_THAT(desk_->asked(), ElementsAre("1 2026-11-25", "2 2026-11-25", "1 2026-11-25"));
  EXPECT_THAT(desk_->happened(), ElementsAre("1 2026-11-25"));
  EXPECT_EQ(desk_->Advance(Day(kFirstDay + 2))->dues, 0);
  EXPECT_EQ(desk_->asked().back(), "2 2026-11-26");
}

TEST_F(SimulatedTimer, TheClockIsNotMovedBackNorBeyondWhatStampsHold) {
  desk_->timer().Start();
  ASSERT_TRUE(desk_->Advance(Day(kFirstDay + 2)).ok());
  for (const absl::Time to : {Day(kFirstDay + 1), Day(CivilDay(2300, 1, 1)), absl::InfiniteFuture()}) {
    EXPECT_EQ(desk_->Advance(to).status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(clock_->Now(), Day(kFirstDay + 2));
  }
  EXPECT_EQ(desk_->Advance(Day(kFirstDay + 2))->dues, 0);
}

TEST_F(SimulatedTimer, AfterStopNothingIsMoved) {
  desk_->List(1, kFirstDay + 1);
  desk_->timer().Start();
  desk_->timer().Stop();
  EXPECT_EQ(desk_->Advance(Day(kFirstDay + 2)).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(desk_->asked(), IsEmpty());
  EXPECT_EQ(clock_->Now(), Day(kFirstDay));
}

TEST_F(SimulatedTimer, WhereWritingStopsTheClockStaysWhereItIs) {
  desk_->before = [](const auto&) { return absl::UnavailableError("read-only"); };
  desk_->List(1, kFirstDay + 1);
  desk_->timer().Start();
  EXPECT_EQ(desk_->Advance(Day(kFirstDay + 9)).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(clock_->Now(), Day(kFirstDay + 1));
}

// An error of one due holds up no other, and is not asked for over and over.
TEST_F(SimulatedTimer, ADueThatFailsIsPutOffToTheNextDay) {
  desk_->before = [](const log::v1::Due& due) {
    return Desk::NumberOf(due) == 1 ? absl::InternalError("broken") : absl::OkStatus();
  };
  desk_->List(1, kFirstDay + 1);
  desk_->List(2, kFirstDay + 1);
  desk_->timer().Start();
  ASSERT_TRUE(desk_->Advance(Day(kFirstDay + 3)).ok());
  EXPECT_THAT(desk_->happened(), ElementsAre("2 2026-11-25"));
  const std::vector<std::string> asked = desk_->asked();
  EXPECT_EQ(std::count_if(asked.begin(), asked.end(), [](const auto& line) { return line.front() == '1'; }),
            3);
}

// Three years, cut up by restarts: the log comes out the same, byte for byte but for the salts.
class ThreeYears : public testing::Test {
 protected:
  // What happened at which stamp; `restart` is asked before each due and each step.
  std::vector<std::string> Run(const std::function<bool()>& restart) {
    FaultEnv disk;
    const TemporaryFolder folder;
    const storage::StoreOptions data = SmallOptions(folder.path() + "/data", disk.env());
    const absl::Time end = Day(kFirstDay + 3 * 365);
    bool listed = false;
    for (;;) {
      const auto stood = [&] {
        storage::StoreOptions options = data;
        options.simulated_clock_start = Day(kFirstDay);
        return *(*storage::Store::Open(options))->simulated_clock();
      }();
      SimulatedClock clock(stood);
      Desk desk(data, clock, {.simulated = &clock});
      if (!std::exchange(listed, true)) {
        for (int number = 1; number <= 40; ++number) desk.List(number, kFirstDay + 5 + number * 23 % 800);
      }
      // Not on a Saturday or Sunday.
      desk.not_yet = [](const auto&, absl::Time now) {
        return absl::GetWeekday(absl::ToCivilDay(now, domain::Shanghai())) >= absl::Weekday::saturday;
      };
      bool cut = false;
      desk.before = [&](const auto&) {
        if (!cut && restart()) cut = true;
        return cut ? absl::UnavailableError("the process ends here") : absl::OkStatus();
      };
      desk.timer().Start();
      const auto advance = desk.Advance(end);
      if (advance.ok()) {
        EXPECT_EQ(clock.Now(), end);
        return LogOf(desk.store());
      }
    }
  }

  static std::vector<std::string> LogOf(const storage::Store& store) {
    std::vector<std::string> lines;
    for (uint64_t revision = 1; revision <= store.head().revision; ++revision) {
      const auto change = *store.ReadWholeChange(revision);
      const v1::Listing& listing = change.events(0).listing().listing();
      lines.push_back(StrCat(absl::ToUnixNanos(domain::TimeOf(change.stamp())), " ", listing.name(), " ",
                             listing.display_ended(), " ",
                             absl::ToUnixNanos(domain::TimeOf(listing.display_until())), " ",
                             listing.ended_by()));
    }
    return lines;
  }
};

TEST_F(ThreeYears, GiveTheSameLogHoweverOftenTheProcessIsStartedAgain) {
  const std::vector<std::string> whole = Run([] { return false; });
  // 40 entries listed; 13 of them are shown again five times.
  EXPECT_EQ(whole.size(), 40u + 40u + 13u * 5u);
  for (const unsigned seed : {1u, 2u}) {
    std::mt19937 random(seed);
    int restarts = 0;
    const std::vector<std::string> cut = Run([&] {
      const bool now = random() % 10 == 0;
      if (now) ++restarts;
      return now;
    });
    EXPECT_EQ(cut, whole) << "seed " << seed;
    EXPECT_GE(restarts, 8) << "seed " << seed;
  }
}

class RealTimer : public testing::Test {
 protected:
  RealTimer() : clock_(Day(kFirstDay)) {}
  void Open(TimerOptions options = {}) {
    desk_ = std::make_unique<Desk>(SmallOptions(folder_.path() + "/data", disk_.env()), clock_, options);
  }

  FakeClock clock_;
  FaultEnv disk_;  // here only spares waiting for the disk
  TemporaryFolder folder_;
  std::unique_ptr<Desk> desk_;
};

TEST_F(RealTimer, LooksAtTheClockByItself) {
  Open();
  for (int number = 1; number <= 5; ++number) desk_->List(number * 3 + 1, kFirstDay + number);
  desk_->timer().Start();
  clock_.Set(Day(kFirstDay + 2));
  desk_->WaitUntil([](size_t, size_t happened) { return happened == 2; });
  clock_.Set(Day(kFirstDay + 9));
  desk_->WaitUntil([](size_t, size_t happened) { return happened == 5; });
  desk_->timer().Stop();
  EXPECT_EQ(desk_->asked().size(), 5u) << "each was asked for once";
}

// The queue of commands is full again and again: nothing is lost, and the order stays.
TEST_F(RealTimer, AFullQueueIsWaitedFor) {
  Open({.in_flight = 1});
  for (int number = 1; number <= 4; ++number) desk_->List(number * 3 + 1, kFirstDay + number);
  int refused = 0;
  desk_->before = [&](const auto&) {
    return ++refused % 3 != 0 ? absl::ResourceExhaustedError("full") : absl::OkStatus();
  };
  clock_.Set(Day(kFirstDay + 9));
  desk_->timer().Start();
  desk_->WaitUntil([](size_t, size_t happened) { return happened == 4; });
  desk_->timer().Stop();
  std::vector<int> order;
  for (const std::string& line : desk_->happened()) order.push_back(std::stoi(line));
  EXPECT_THAT(order, ElementsAre(4, 7, 10, 13));
}

TEST_F(RealTimer, WritingThatHasStoppedIsTriedAgainAtTheNextLook) {
  Open();
  desk_->List(1, kFirstDay + 1);
  int refused = 0;
  desk_->before = [&](const auto&) {
    return ++refused < 4 ? absl::UnavailableError("read-only") : absl::OkStatus();
  };
  clock_.Set(Day(kFirstDay + 1));
  desk_->timer().Start();
  desk_->WaitUntil([](size_t, size_t happened) { return happened == 1; });
}

TEST_F(RealTimer, ADueThatComesLaterAndIsEarlierIsNotOverlooked) {
  Open();
  desk_->List(1, kFirstDay + 5);
  desk_->not_yet = [](const log::v1::Due& due, absl::Time) { return Desk::NumberOf(due) == 1; };
  clock_.Set(Day(kFirstDay + 6));
  desk_->timer().Start();
  desk_->WaitUntil([](size_t asked, size_t) { return asked == 1; });
  desk_->timer().Stop();
  // A new timer on the same store looks from the first due on; one that runs is told.
  desk_.reset();
  Open();
  bool once = false;
  desk_->before = [&](const log::v1::Due& due) {
    // While the later one is decided an earlier one is listed, on the thread that commits.
    if (Desk::NumberOf(due) == 1 && !std::exchange(once, true)) desk_->List(2, kFirstDay + 2);
    return absl::OkStatus();
  };
  desk_->timer().Start();
  desk_->WaitUntil([](size_t, size_t happened) { return happened == 2; });
}

// A due whose request was answered before and whose row is there all the same: nothing that ought to be, and
// no reason to ask without end.
TEST_F(RealTimer, ADueThatDoesNotGoIsNotAskedForWithoutEnd) {
  Open();
  desk_->List(1, kFirstDay + 1);
  desk_->List(2, kFirstDay + 1);
  desk_->not_yet = [](const log::v1::Due& due, absl::Time) { return Desk::NumberOf(due) == 1; };
  clock_.Set(Day(kFirstDay + 1));
  desk_->timer().Start();
  desk_->WaitUntil([](size_t, size_t happened) { return happened == 1; });
  clock_.Set(Day(kFirstDay + 1) + absl::Hours(23));
  // Another due that comes up shows that there was another look.
  desk_->timer().Stop();
  EXPECT_EQ(desk_->asked().size(), 2u);
}

// Answers are held back until told: what an engine does whose disk is slow.
class SlowTimer : public testing::Test {
 protected:
  SlowTimer() : clock_(Day(kFirstDay + 30)) {
    for (int number = 1; number <= 100; ++number) {
      const auto committed =
          CommitNext(*store_, {ShownUntil(ListingEvent({CodeOfNumber(number), v1::LIST_KIND_SEVERE, 1},
                                                       v1::LISTING_TRANSITION_LISTED, 1),
                                          Day(kFirstDay + 1))});
      EXPECT_TRUE(committed.ok());
    }
    timer_ = std::make_unique<Timer>(*store_, clock_, TimerOptions{.interval = absl::Milliseconds(1)},
                                     [this](log::v1::LetDueHappen, Engine::Done done) {
                                       MutexLock lock(mu_);
                                       held_.push_back(std::move(done));
                                       ++asked_;
                                       changed_.NotifyAll();
                                     });
    timer_->Start();
  }

  void WaitForHeld(size_t count) {
    MutexLock lock(mu_);
    while (held_.size() < count) changed_.Wait(mu_);
  }
  void Release() {
    std::vector<Engine::Done> held;
    {
      MutexLock lock(mu_);
      held.swap(held_);
    }
    for (Engine::Done& done : held)
      done(Committed{.revision = 1'000, .changed = true, .events = {}, .tally = {}});
  }

  FakeClock clock_;
  FaultEnv disk_;  // here only spares waiting for the disk
  TemporaryFolder folder_;
  std::unique_ptr<storage::Store> store_ =
      *storage::Store::Open(SmallOptions(folder_.path() + "/data", disk_.env()));
  Mutex mu_;
  CondVar changed_;
  std::vector<Engine::Done> held_ CHENGXIN_GUARDED_BY(mu_);
  int asked_ CHENGXIN_GUARDED_BY(mu_) = 0;
  std::unique_ptr<Timer> timer_;
};

TEST_F(SlowTimer, NoMoreThanFourAreAskedForAtATime) {
  for (int rounds = 0; rounds < 24; ++rounds) {
    WaitForHeld(4);
    {
      MutexLock lock(mu_);
      EXPECT_EQ(held_.size(), 4u);
    }
    Release();
  }
  WaitForHeld(4);
  Release();
  timer_->Stop();
  MutexLock lock(mu_);
  EXPECT_EQ(asked_, 100);
}

TEST_F(SlowTimer, StoppingWaitsForTheAnswersOnTheirWayAndAsksForNoMore) {
  WaitForHeld(4);
  EXPECT_EQ(timer_->waiting(), 100);
  std::atomic<bool> stopped{false};
  std::thread stopping([&] {
    timer_->Stop();
    stopped = true;
  });
  EXPECT_FALSE(stopped) << "four answers are on their way";
  while (!stopped) Release();
  stopping.join();
  MutexLock lock(mu_);
  EXPECT_THAT(held_, IsEmpty());
}

}  // namespace
}  // namespace chengxin::engine
