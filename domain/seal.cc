#include "domain/seal.h"

#include <memory>
#include <set>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "chengxin/v1/annotations.pb.h"

namespace chengxin::domain {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Where the annotated fields of a message type lie.
struct Plan {
  std::vector<const FieldDescriptor*> annotated;
  // Message fields that have annotated fields beneath them.
  std::vector<const FieldDescriptor*> leading;
};

bool IsAnnotated(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::sensitivity) != v1::SENSITIVITY_UNSPECIFIED;
}

// Whether an annotated field lies in the type or beneath it. `seen` ends types that contain themselves.
bool HasAnnotated(const Descriptor* type, std::set<const Descriptor*>& seen) {
  if (!seen.insert(type).second) return false;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (IsAnnotated(field)) return true;
    if (field->message_type() != nullptr && HasAnnotated(field->message_type(), seen)) return true;
  }
  return false;
}

// Plans are kept per thread: they are small, and so no thread waits for another.
const Plan& PlanOf(const Descriptor* type) {
  thread_local absl::flat_hash_map<const Descriptor*, std::unique_ptr<const Plan>> plans;
  std::unique_ptr<const Plan>& kept = plans[type];
  if (kept == nullptr) {
    auto plan = std::make_unique<Plan>();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      std::set<const Descriptor*> seen;
      if (IsAnnotated(field)) {
        plan->annotated.push_back(field);
      } else if (field->message_type() != nullptr && HasAnnotated(field->message_type(), seen)) {
        plan->leading.push_back(field);
      }
    }
    kept = std::move(plan);
  }
  return *kept;
}

// Moves the annotated fields that are set from one message to another of its type, which must be empty.
void MoveAnnotated(Message& from, Message& to) {
  const Plan& plan = PlanOf(from.GetDescriptor());
  const Reflection& reflection = *from.GetReflection();
  std::vector<const FieldDescriptor*> moving;
  for (const FieldDescriptor* field : plan.annotated) {
    const bool set =
        field->is_repeated() ? reflection.FieldSize(from, field) > 0 : reflection.HasField(from, field);
    if (set) moving.push_back(field);
  }
  if (!moving.empty()) reflection.SwapFields(&from, &to, moving);
  for (const FieldDescriptor* field : plan.leading) {
    // By their definition no annotated field lies under a repeated one (annotations.proto).
    if (field->is_repeated() || !reflection.HasField(from, field)) continue;
    Message& inner = *reflection.MutableMessage(&from, field);
    const std::unique_ptr<Message> sealed(inner.New());
    MoveAnnotated(inner, *sealed);
    if (sealed->ByteSizeLong() > 0) reflection.MutableMessage(&to, field)->CopyFrom(*sealed);
  }
}

// The resource an event carries; null where it has none.
Message* ResourceOf(log::v1::Event& event) {
  switch (event.outcome_case()) {
    case log::v1::Event::kOrganization:
      return event.mutable_organization();
    case log::v1::Event::kRecord:
      return event.mutable_record();
    case log::v1::Event::kListing:
      return event.mutable_listing()->mutable_listing();
    case log::v1::Event::kCatalogue:
      return event.mutable_catalogue();
    case log::v1::Event::kSourceRead:
      return event.mutable_source_read();
    case log::v1::Event::kCase:
      return event.mutable_case_();
    case log::v1::Event::kApplication:
      return event.mutable_application();
    case log::v1::Event::kAward:
      return event.mutable_award();
    case log::v1::Event::kReceipt:
      return event.mutable_receipt();
    case log::v1::Event::kDestruction:
      return event.mutable_destruction();
    case log::v1::Event::OUTCOME_NOT_SET:
      return nullptr;
  }
  return nullptr;
}

}  // namespace

std::string Seal(log::v1::Event& event) {
  Message* resource = ResourceOf(event);
  if (resource == nullptr) return {};
  const std::unique_ptr<Message> sealed(resource->New());
  MoveAnnotated(*resource, *sealed);
  return sealed->SerializeAsString();
}

bool Unseal(std::string_view content, log::v1::Event& event) {
  Message* resource = ResourceOf(event);
  return resource != nullptr && UnsealResource(content, *resource);
}

bool UnsealResource(std::string_view content, Message& resource) {
  const std::unique_ptr<Message> sealed(resource.New());
  if (!sealed->ParseFromArray(content.data(), static_cast<int>(content.size()))) return false;
  resource.MergeFrom(*sealed);
  return true;
}

bool HasAnnotatedFields(const Descriptor& type) {
  std::set<const Descriptor*> seen;
  return HasAnnotated(&type, seen);
}

void Redact(Message& message) {
  const Plan& plan = PlanOf(message.GetDescriptor());
  const Reflection& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : plan.annotated) reflection.ClearField(&message, field);
  for (const FieldDescriptor* field : plan.leading) {
    if (field->is_repeated()) {
      const int size = reflection.FieldSize(message, field);
      for (int i = 0; i < size; ++i) Redact(*reflection.MutableRepeatedMessage(&message, field, i));
    } else if (reflection.HasField(message, field)) {
      Redact(*reflection.MutableMessage(&message, field));
    }
  }
}

}  // namespace chengxin::domain
