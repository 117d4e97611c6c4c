// A population of organizations for benchmarks: valid codes, one in twenty with something adverse.
#ifndef CHENGXIN_BENCH_POPULATION_H_
#define CHENGXIN_BENCH_POPULATION_H_

#include <memory>
#include <string>
#include <vector>

#include "chengxin/v1/eligibility_service.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "domain/uscc.h"
#include "engine/engine.h"

namespace chengxin::bench {

// A temporary folder, removed with the object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string Sub(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// The code of the `number`th organization, 0 to 99,999,999.
domain::Uscc CodeOf(int number);
v1::Organization OrganizationOf(int number);
// A penalty with its listing decision: every second one severe, the others abnormal.
v1::CreateRecordRequest PenaltyOf(int number);
// One in twenty.
inline bool IsAdverse(int number) { return number % 20 == 7; }

v1::Principal SyncPrincipal(std::string_view source = "sources/registry-kunming");
v1::Principal OfficerPrincipal();

// An engine on a new folder with the deployed catalogue active and every source read as of now. Ends the
// program with a message where anything fails, as all of bench/ does.
std::unique_ptr<engine::Engine> NewEngine(const std::string& folder);
// Imports `count` organizations.
void Import(engine::Engine& engine, int count);
// Imports `count` organizations and files the adverse ones' penalties.
void Populate(engine::Engine& engine, int count);

// Ends the program where the status is not ok.
void Require(const absl::Status& status, const char* what);

}  // namespace chengxin::bench

#endif  // CHENGXIN_BENCH_POPULATION_H_
