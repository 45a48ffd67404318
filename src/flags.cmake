# What a build can be told.
option(EINLASS_STRICT "treat warnings as errors (development and CI, not packages)" OFF)
set(EINLASS_SANITIZE "" CACHE STRING "address,undefined or thread; empty for none")
option(EINLASS_TESTS "build the tests (needs cmocka)" ON)
option(EINLASS_FUZZ "build the fuzz targets with libFuzzer (clang)" OFF)
set(EINLASS_VERSION "" CACHE STRING "what the programs call themselves, for a package; empty: the project's version")
set(EINLASS_LOCALE_DIR ${CMAKE_BINARY_DIR}/locale CACHE PATH "where the program finds its texts")
set(EINLASS_LIBEXEC_DIR ${CMAKE_BINARY_DIR}/bin CACHE PATH "where the kiosk finds einlass-reader, if not beside itself")
set(EINLASS_ASSET_DIR ${CMAKE_SOURCE_DIR}/assets CACHE PATH "where the program finds its fonts' list")

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(EINLASS_VERSION STREQUAL "")
    set(EINLASS_VERSION ${PROJECT_VERSION}) # not in the cache: it follows the project
endif()

# Flags of everything, as one target. Assertions stay in release builds: a mistake of ours ends the program, the
# service manager starts it again, and the store survives that.
foreach(kind RELEASE RELWITHDEBINFO MINSIZEREL)
    string(REPLACE "-DNDEBUG" "" CMAKE_C_FLAGS_${kind} "${CMAKE_C_FLAGS_${kind}}")
endforeach()
add_library(flags INTERFACE)
target_include_directories(flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_definitions(flags INTERFACE _GNU_SOURCE)
target_compile_options(flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wvla -Wswitch-enum
    -Wstrict-prototypes -Wmissing-prototypes -fno-common)
target_link_libraries(flags INTERFACE Threads::Threads m)
target_link_options(flags INTERFACE -Wl,--as-needed) # a program loads what it uses: the kiosk no decoder
if(EINLASS_STRICT)
    target_compile_options(flags INTERFACE -Werror)
endif()
if(NOT EINLASS_SANITIZE STREQUAL "")
    target_compile_options(flags INTERFACE -fsanitize=${EINLASS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(flags INTERFACE -fsanitize=${EINLASS_SANITIZE})
endif()
