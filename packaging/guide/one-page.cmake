# cmake -DPDF=FILE -P one-page.cmake: the checklist is for one sheet of paper; two would not be carried about.
execute_process(COMMAND pdfinfo ${PDF} OUTPUT_VARIABLE about COMMAND_ERROR_IS_FATAL ANY)
if(NOT about MATCHES "Pages: +1\n")
    message(FATAL_ERROR "${PDF} has more than one page; shorten it")
endif()
