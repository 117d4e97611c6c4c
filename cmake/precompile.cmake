# Precompiled headers: most of a file's compile time is reading the generated messages and gRPC. Four of them: messages and
# grpc for libraries, the same with GoogleTest for tests. See cmake/precompiled_messages.h.
option(CHENGXIN_PRECOMPILE "Precompile the headers that nearly every file reads" OFF)

function(chengxin_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS" ${ARGN})
  add_library(chengxin_pch_${name} OBJECT ${PROJECT_SOURCE_DIR}/cmake/precompiled.cc)
  target_link_libraries(chengxin_pch_${name} PRIVATE ${ARG_DEPS} chengxin::base chengxin::proto chengxin_flags)
  target_precompile_headers(chengxin_pch_${name} PRIVATE ${ARG_HEADERS})
endfunction()

# Makes `target` use one of them.
function(chengxin_use_precompiled target name)
  if(CHENGXIN_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM chengxin_pch_${name})
  endif()
endfunction()

# Whether something among `deps` brings gRPC along, for choosing between the two.
function(chengxin_brings_grpc result)
  set(${result} OFF PARENT_SCOPE)
  foreach(dep IN LISTS ARGN)
    if(dep MATCHES "grpc|gRPC|chengxin::(server|client|import|cli)$|chengxin_test_daemon|chengxin_bench_support")
      set(${result} ON PARENT_SCOPE)
    endif()
  endforeach()
endfunction()
