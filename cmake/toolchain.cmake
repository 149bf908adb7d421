# Compiler flags, the linker and the compiler cache: everything that is about building rather than about mail.

add_compile_options(-Wall -Wextra -Wpedantic -Werror)
add_compile_options(-fstack-protector-strong)
# CMake's own -O3 makes g++ 12 raise more false alarms in coroutines; what it gains in speed was not measured.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
# For all alike: a precompiled header serves only files that have every definition it was made with.
add_compile_definitions(PABAL_VERSION="${PROJECT_VERSION}")
# Asio's own functions are compiled once, in cmake/asio.cpp, not in every file that waits for something.
add_compile_definitions(BOOST_ASIO_SEPARATE_COMPILATION)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-fcoroutines)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # False alarms of g++ 12's optimiser about std::string and std::optional.
    add_compile_options(-Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread
                        -Wno-maybe-uninitialized)
    # It inlines half of Asio's allocator of coroutine frames and then misses its match.
    add_compile_options(-Wno-mismatched-new-delete -Wno-free-nonheap-object)
  endif()
endif()
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  add_compile_options(-fpch-preprocess)
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
