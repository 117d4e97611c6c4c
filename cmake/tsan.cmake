# What ThreadSanitizer must be told of the packaged gRPC (docs/decisions/0010-tsan.md). Linked wherever gRPC is; nothing in other
# builds.
add_library(chengxin_tsan INTERFACE)
add_library(chengxin::tsan ALIAS chengxin_tsan)
if(CHENGXIN_SANITIZE MATCHES "thread")
  # Objects, not an archive: they must stand before the libraries whether or not the linker misses them.
  add_library(chengxin_tsan_edges OBJECT ${PROJECT_SOURCE_DIR}/cmake/tsan_edges.cc)
  target_link_libraries(chengxin_tsan_edges PRIVATE gRPC::grpc++ chengxin_flags)
  target_link_libraries(chengxin_tsan INTERFACE $<TARGET_OBJECTS:chengxin_tsan_edges>)
endif()
