// The office's program.
#include "app/einlass_command.h"

int main(int argc, char **argv)
{
    return einlass_run(argc, argv);
}
