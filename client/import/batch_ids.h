// The request ids of an import's batches: the same rows of the same reading give the same ids, so that a
// rerun replays.
#ifndef CHENGXIN_CLIENT_IMPORT_BATCH_IDS_H_
#define CHENGXIN_CLIENT_IMPORT_BATCH_IDS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace chengxin::client {

// Not thread-safe.
class BatchIds {
 public:
  // The source's name and the instant its reading is of, in nanoseconds since 1970.
  BatchIds(std::string_view source, int64_t source_as_of_nanos);

  // The id of the next batch, from its number and `rows`, the digest of its rows: "import-" and 40
  // hexadecimal digits.
  std::string Next(std::string_view rows);
  // The id of the end of the run, from all batches before it and `counts`, what the end says of the run.
  std::string End(std::string_view counts) const;

 private:
  std::string run_;     // what all ids of the run share
  std::string so_far_;  // digest of the batches given ids
  int64_t batches_ = 0;
};

// SHA-256, 32 bytes. Ends the process where OpenSSL has none.
std::string Sha256(std::string_view bytes);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_BATCH_IDS_H_
