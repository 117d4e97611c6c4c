// Making a folder that RocksDB is to have. Private to storage.
#ifndef CHENGXIN_STORAGE_FOLDER_H_
#define CHENGXIN_STORAGE_FOLDER_H_

#include <string>

#include "absl/status/status.h"

namespace rocksdb {
class Env;
}

namespace chengxin::storage {

// Makes the folder (mode 0700) and those above it where they do not exist. `env` null: the file system.
absl::Status CreateFolder(const std::string& folder, rocksdb::Env* env);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_FOLDER_H_
