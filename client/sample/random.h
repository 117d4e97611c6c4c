// Numbers that look random and are the same on every machine for the same seed, unlike the standard library's
// distributions.
#ifndef CHENGXIN_CLIENT_SAMPLE_RANDOM_H_
#define CHENGXIN_CLIENT_SAMPLE_RANDOM_H_

#include <cstddef>
#include <cstdint>

namespace chengxin::sample {

// SplitMix64. Not for secrets.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  // 0 to limit - 1; `limit` is above 0.
  size_t Below(size_t limit) { return static_cast<size_t>(Next() % limit); }
  // True in `share` of a thousand.
  bool PerMille(size_t share) { return Below(1000) < share; }

 private:
  uint64_t state_;
};

}  // namespace chengxin::sample

#endif  // CHENGXIN_CLIENT_SAMPLE_RANDOM_H_
