// einlass-reader: reads the codes in camera pictures for the kiosk, alone in its cage.
#include "code/booth.h"

int main(void)
{
    booth_serve(reader_local_open);
}
