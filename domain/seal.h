// Splits resources into what may be hashed and published and what is sealed, by the annotations in proto/
// (design: one idea).
#ifndef CHENGXIN_DOMAIN_SEAL_H_
#define CHENGXIN_DOMAIN_SEAL_H_

#include <string>

#include "chengxin/log/v1/change.pb.h"
#include "google/protobuf/message.h"

namespace chengxin::domain {

// Moves every field annotated personal or internal out of `event`'s resource and returns them serialized as a
// message of the resource's own type; empty where none is set. What stays in `event` is the envelope. The
// plan of each type is computed once in each thread, so no call waits for another.
std::string Seal(log::v1::Event& event);

// Merges sealed content back into the event's resource. False where the bytes are not of its type.
bool Unseal(std::string_view content, log::v1::Event& event);
// The same for a bare resource.
bool UnsealResource(std::string_view content, google::protobuf::Message& resource);

// Whether a message of the type can hold an annotated field, at any depth.
bool HasAnnotatedFields(const google::protobuf::Descriptor& type);

// Clears the annotated fields, at any depth, repeated ones included: for whoever may not see them.
void Redact(google::protobuf::Message& message);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_SEAL_H_
