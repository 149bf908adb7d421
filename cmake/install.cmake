# cmake --install: the programs, their manual pages, and what shells complete of mua, as mua itself prints it.

include(GNUInstallDirs)
install(TARGETS mua sendmail RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS smtpd imapd mailctl RUNTIME DESTINATION ${CMAKE_INSTALL_SBINDIR})
file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/man/*.1)
file(GLOB daemons CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/man/*.8)
install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${daemons} DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)

function(completion shell file folder)
  set(printed ${CMAKE_BINARY_DIR}/completion/${file})
  add_custom_command(OUTPUT ${printed} COMMAND mua completion ${shell} > ${printed} DEPENDS mua VERBATIM)
  list(APPEND COMPLETIONS ${printed})
  set(COMPLETIONS ${COMPLETIONS} PARENT_SCOPE)
  install(FILES ${printed} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} OPTIONAL)
endfunction()

file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/completion)
completion(bash mua bash-completion/completions)
completion(zsh _mua zsh/site-functions)
completion(fish mua.fish fish/vendor_completions.d)
add_custom_target(completions ALL DEPENDS ${COMPLETIONS})
