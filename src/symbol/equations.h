// equations.h -- the normal equations of a least squares fit, solved. Pure.
// Source: Gauss' elimination; the matrix is symmetric and positive definite unless the unknowns can't be told, so no
// pivots are needed.
#ifndef EINLASS_SYMBOL_EQUATIONS_H
#define EINLASS_SYMBOL_EQUATIONS_H

#include <stdbool.h>

enum { EQUATIONS_MOST = 73 };

struct equations {
    int count;                                       // of unknowns
    double rows[EQUATIONS_MOST][EQUATIONS_MOST + 1]; // in column `count` the right side; below the diagonal: unused
};

void equations_begin(struct equations *equations, int count);

// One observation: the sum of unknown times factor is `value`. Factors that are 0 cost nothing.
void equations_add(struct equations *equations, const double factors[], double value, double weight);

// False: the unknowns can't be told from the observations.
bool equations_solve(struct equations *equations, double out[]);

#endif
