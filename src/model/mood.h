// mood.h -- how staff should take what a page says: it shows as an icon and its colour. Pure.
#ifndef EINLASS_MODEL_MOOD_H
#define EINLASS_MODEL_MOOD_H

enum mood {
    MOOD_PLAIN, // it goes on by itself, or needs nothing
    MOOD_GOOD,
    MOOD_STAFF, // nobody but a person can go on from here
};

#endif
