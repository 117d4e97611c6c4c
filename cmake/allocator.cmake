# What programs that run an engine allocate with (docs/decisions/0009-jemalloc.md). Sanitizers bring their own.
add_library(chengxin_allocator INTERFACE)
add_library(chengxin::allocator ALIAS chengxin_allocator)
if(NOT CHENGXIN_SANITIZE)
  find_library(CHENGXIN_JEMALLOC jemalloc REQUIRED)
  target_link_libraries(chengxin_allocator INTERFACE -Wl,--push-state,--no-as-needed ${CHENGXIN_JEMALLOC} -Wl,--pop-state)
endif()
