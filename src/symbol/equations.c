#include "symbol/equations.h"

#include <string.h>

#define LEAST_PIVOT 1e-9

void equations_begin(struct equations *equations, int count)
{
    equations->count = count;
    memset(equations->rows, 0, (size_t)count * sizeof equations->rows[0]);
}

void equations_add(struct equations *equations, const double factors[], double value, double weight)
{
    for (int i = 0; i < equations->count; i++) {
        if (factors[i] == 0) continue;
        double weighted = weight * factors[i];
        for (int j = i; j < equations->count; j++) equations->rows[i][j] += weighted * factors[j];
        equations->rows[i][equations->count] += weighted * value;
    }
}

bool equations_solve(struct equations *equations, double out[])
{
    int count = equations->count;
    double(*rows)[EQUATIONS_MOST + 1] = equations->rows;

    for (int k = 0; k < count; k++) {
        if (!(rows[k][k] > LEAST_PIVOT)) return false;
        for (int i = k + 1; i < count; i++) {
            double factor = rows[k][i] / rows[k][k];
            for (int j = i; j <= count; j++) rows[i][j] -= factor * rows[k][j];
        }
    }
    for (int k = count - 1; k >= 0; k--) {
        out[k] = rows[k][count];
        for (int j = k + 1; j < count; j++) out[k] -= rows[k][j] * out[j];
        out[k] /= rows[k][k];
    }
    return true;
}
