# cmake -DSOURCE=DIR -DBUILD=DIR -P sanitized_build.cmake: the unit tests and dialogues under ASan and UBSan.

# "None" leaves the optimisation to cmake/toolchain.cmake and keeps assert().
execute_process(COMMAND ${CMAKE_COMMAND} -G Ninja -S ${SOURCE} -B ${BUILD} -DCMAKE_BUILD_TYPE=None -DPABAL_SANITIZE=ON
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILD} --target unit_tests COMMAND_ERROR_IS_FATAL ANY)
