// The sample's files: a folder that the story, the tests and the benchmarks import.
#ifndef CHENGXIN_CLIENT_SAMPLE_WRITE_SAMPLE_H_
#define CHENGXIN_CLIENT_SAMPLE_WRITE_SAMPLE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace chengxin::sample {

struct SampleOptions {
  // Invented organizations, kStoryOrganizations to kMaximumOrganizations.
  size_t count = 5'000;
  uint64_t seed = 1;
  // An existing folder, or one to be made.
  std::string folder;
};

// Writes, byte for byte the same for the same count and seed:
//   kunming.csv                  invented organizations (source registry-kunming)
//   national.jsonl               real public codes (registry-national); nothing else is known of them
//   records.csv                  credit records of invented organizations (credit-records)
//   court-defaulters.csv, tax-violations.csv, procurement-violations.csv, major-violations.csv
//                                external lists with a header row and no entries: nobody is on them
//   story.txt, story.json        the codes of the story: KEY=value lines for a shell, and JSON
// A file is put in place when it is whole. InvalidArgument for a count out of range; Unavailable where the
// disk does not take it.
absl::Status WriteSample(const SampleOptions& options);

}  // namespace chengxin::sample

#endif  // CHENGXIN_CLIENT_SAMPLE_WRITE_SAMPLE_H_
