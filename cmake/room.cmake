# room(NAME LIBRARIES...): the library NAME_room of every source in the folder but main.cpp.
# program(NAME): the executable NAME of the folder's main.cpp.

set(ASIO_ROOMS tls smtpd imapd mua mailctl)

function(room name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${name}/*.cpp)
  list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/${name}/main.cpp)
  add_library(${name}_room STATIC ${sources})
  target_include_directories(${name}_room PUBLIC ${CMAKE_SOURCE_DIR})
  set_target_properties(${name}_room PROPERTIES LINKER_LANGUAGE CXX)
  foreach(library ${ARGN})
    if(TARGET ${library}_room)
      target_link_libraries(${name}_room PUBLIC ${library}_room)
    else()
      target_link_libraries(${name}_room PUBLIC ${library})
    endif()
  endforeach()
  if(name STREQUAL tls)
    target_precompile_headers(tls_room PRIVATE ${CMAKE_SOURCE_DIR}/tls/asio.hpp)
  elseif(name IN_LIST ASIO_ROOMS)
    target_precompile_headers(${name}_room REUSE_FROM tls_room)
  endif()
endfunction()

function(program name)
  add_executable(${name} ${CMAKE_SOURCE_DIR}/${name}/main.cpp)
  target_link_libraries(${name} PRIVATE ${name}_room)
endfunction()

# embed_sample(NAME): conf/pabal.toml becomes part of the room, so that `mailctl init` needs no file beside it.
function(embed_sample name)
  set(sample ${CMAKE_SOURCE_DIR}/conf/pabal.toml)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sample})
  file(READ ${sample} PABAL_SAMPLE)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/sample.cpp.in ${CMAKE_BINARY_DIR}/sample.cpp @ONLY)
  target_sources(${name}_room PRIVATE ${CMAKE_BINARY_DIR}/sample.cpp)
endfunction()
