// What of Asio is no template (BOOST_ASIO_SEPARATE_COMPILATION in toolchain.cmake).
#include <boost/asio/impl/src.hpp>
