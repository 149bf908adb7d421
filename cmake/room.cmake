# room(NAME LIBRARIES...): the library NAME_room of every source in the folder and its subfolders but main.cpp.
# program(NAME): the executable NAME of the folder's main.cpp.
# Each has a twin under AddressSanitizer and UndefinedBehaviorSanitizer, NAME_room_sanitized and NAME_sanitized (in
# sanitized/), which is built only when it is asked for.

set(ASIO_ROOMS tls smtpd imapd mua mailctl)
# They wait for a person and for the network: what -O2 finds there is not worth a minute of every build.
set(CLIENT_ROOMS mua mailctl)
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

# Several sources are compiled as one, which takes half the time that each for itself does: what they include is read
# once. What a batch has in anonymous namespaces needs names of its own.
function(compile_in_batches)
  set_target_properties(${ARGN} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  foreach(target ${ARGN})
    # To g++ a source that is included is a header.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endforeach()
endfunction()

# add_part(TARGET KIND TWIN SOURCES LIBRARIES...)
function(add_part target kind twin sources)
  add_library(${target} ${kind} ${sources})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC ${ARGN})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  if(twin)
    sanitize(${target})
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()

# add_room(NAME TWIN SOURCES LIBRARIES...): TWIN is "", or "_sanitized".
function(add_room name twin sources)
  set(room ${name}_room${twin})
  set(libraries)
  foreach(library ${ARGN})
    if(TARGET ${library}_room${twin})
      string(APPEND library _room${twin})
    endif()
    list(APPEND libraries ${library})
  endforeach()
  if(name IN_LIST ASIO_ROOMS)
    without_asio(plain ${sources})
    list(REMOVE_ITEM sources ${plain})
    add_part(${room}_plain OBJECT "${twin}" "${plain}" ${libraries})
    target_precompile_headers(${room}_plain PRIVATE ${STANDARD_HEADERS})
    add_part(${room} STATIC "${twin}" "${sources};$<TARGET_OBJECTS:${room}_plain>" ${libraries})
    # A Debug tree is for work on a room: there each file is compiled alone.
    if(twin)
      compile_in_batches(${room} ${room}_plain)
    elseif(name IN_LIST CLIENT_ROOMS AND CMAKE_BUILD_TYPE STREQUAL Release)
      compile_in_batches(${room} ${room}_plain)
      target_compile_options(${room} PRIVATE -O1)
      target_compile_options(${room}_plain PRIVATE -O1)
    endif()
  else()
    add_part(${room} STATIC "${twin}" "${sources}" ${libraries})
    target_precompile_headers(${room} PRIVATE ${STANDARD_HEADERS})
  endif()
  if(name STREQUAL tls)
    target_precompile_headers(${room} PRIVATE ${CMAKE_SOURCE_DIR}/tls/asio.hpp)
  elseif(name IN_LIST ASIO_ROOMS)
    target_precompile_headers(${room} REUSE_FROM tls_room${twin})
  endif()
endfunction()

# without_asio(RESULT SOURCES...): an Asio room's other files. What they would read of Asio's precompiled header takes
# longer than what they use of it.
function(without_asio result)
  set(plain)
  foreach(source ${ARGN})
    reaches_asio(${source} needed)
    if(NOT needed)
      list(APPEND plain ${source})
    endif()
  endforeach()
  set(${result} ${plain} PARENT_SCOPE)
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
