# room(NAME LIBRARIES...): the library NAME_room of every source in the folder and its subfolders but main.cpp.
# program(NAME): the executable NAME of the folder's main.cpp.
# Each has a twin under AddressSanitizer and UndefinedBehaviorSanitizer, NAME_room_sanitized and NAME_sanitized (in
# sanitized/), which is built only when it is asked for.

set(ASIO_ROOMS tls smtpd imapd mua mailctl)
set(SANITIZERS -fsanitize=address,undefined)
# Precompiled for the rooms without Asio. That each file includes what it uses is shown by `include_rules.py --alone`.
set(STANDARD_HEADERS <fmt/format.h> <algorithm> <chrono> <cstdint> <functional> <map> <memory> <optional> <string> <string_view>
                     <vector>)

function(sanitize target)
  # Not optimised: coroutines under both sanitizers take four times as long to compile at -O1.
  target_compile_options(${target} PRIVATE -O0 -g1 -UNDEBUG ${SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_definitions(${target} PRIVATE _GLIBCXX_ASSERTIONS)
  target_link_options(${target} PUBLIC ${SANITIZERS})
endfunction()

# add_room(NAME TWIN SOURCES LIBRARIES...): TWIN is "", or "_sanitized".
function(add_room name twin sources)
  set(room ${name}_room${twin})
  add_library(${room} STATIC ${sources})
  target_include_directories(${room} PUBLIC ${CMAKE_SOURCE_DIR})
  set_target_properties(${room} PROPERTIES LINKER_LANGUAGE CXX)
  foreach(library ${ARGN})
    if(TARGET ${library}_room${twin})
      target_link_libraries(${room} PUBLIC ${library}_room${twin})
    else()
      target_link_libraries(${room} PUBLIC ${library})
    endif()
  endforeach()
  if(twin)
    sanitize(${room})
    set_target_properties(${room} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
  if(name STREQUAL tls)
    target_precompile_headers(${room} PRIVATE ${CMAKE_SOURCE_DIR}/tls/asio.hpp)
  elseif(name IN_LIST ASIO_ROOMS)
    target_precompile_headers(${room} REUSE_FROM tls_room${twin})
  else()
    target_precompile_headers(${room} PRIVATE ${STANDARD_HEADERS})
  endif()
endfunction()

# What the Asio rooms' other files would read of Asio's precompiled header takes longer than what they use of it.
function(spare_asio)
  foreach(source ${ARGN})
    reaches_asio(${source} needed)
    if(NOT needed)
      set_source_files_properties(${source} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
endfunction()

# reaches_asio(FILE RESULT): whether it includes tls/asio.hpp, itself or by headers of ours.
function(reaches_asio file result)
  cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE name)
  get_property(known GLOBAL PROPERTY "reaches_asio ${name}")
  if("${known}" STREQUAL "")
    string(COMPARE EQUAL ${name} tls/asio.hpp known)
    set_property(GLOBAL PROPERTY "reaches_asio ${name}" ${known})
    file(STRINGS ${file} lines REGEX "^#include \"")
    foreach(line ${lines})
      string(REGEX REPLACE "^#include \"([^\"]+)\".*" "${CMAKE_SOURCE_DIR}/\\1" included ${line})
      if(NOT known AND EXISTS ${included})
        reaches_asio(${included} known)
      endif()
    endforeach()
    set_property(GLOBAL PROPERTY "reaches_asio ${name}" ${known})
  endif()
  set(${result} ${known} PARENT_SCOPE)
endfunction()

function(room name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${name}/*.cpp ${CMAKE_SOURCE_DIR}/${name}/*/*.cpp)
  list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/${name}/main.cpp)
  if(name IN_LIST ASIO_ROOMS)
    spare_asio(${sources})
  endif()
  add_room(${name} "" "${sources}" ${ARGN})
  add_room(${name} _sanitized "${sources}" ${ARGN})
endfunction()

add_custom_target(sanitized_programs)

function(program name)
  add_executable(${name} ${CMAKE_SOURCE_DIR}/${name}/main.cpp)
  target_link_libraries(${name} PRIVATE ${name}_room)
  add_executable(${name}_sanitized EXCLUDE_FROM_ALL $<TARGET_OBJECTS:${name}>)
  target_link_libraries(${name}_sanitized PRIVATE ${name}_room_sanitized)
  set_target_properties(${name}_sanitized PROPERTIES OUTPUT_NAME ${name} LINKER_LANGUAGE CXX
                        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/sanitized)
  add_dependencies(sanitized_programs ${name}_sanitized)
endfunction()

# embed_sample(NAME): conf/pabal.toml becomes part of the room, so that `mailctl init` needs no file beside it.
function(embed_sample name)
  set(sample ${CMAKE_SOURCE_DIR}/conf/pabal.toml)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sample})
  file(READ ${sample} PABAL_SAMPLE)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/sample.cpp.in ${CMAKE_BINARY_DIR}/sample.cpp @ONLY)
  target_sources(${name}_room PRIVATE ${CMAKE_BINARY_DIR}/sample.cpp)
  target_sources(${name}_room_sanitized PRIVATE ${CMAKE_BINARY_DIR}/sample.cpp)
endfunction()
