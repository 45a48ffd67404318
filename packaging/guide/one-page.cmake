# cmake -DPDF=FILE -P one-page.cmake: the checklist is for one sheet of paper; on two it would not be carried about.
file(STRINGS ${PDF} pages REGEX "^/Type /Page$")
list(LENGTH pages count)
if(NOT count EQUAL 1)
    message(FATAL_ERROR "${PDF} has ${count} pages; shorten it to one")
endif()
