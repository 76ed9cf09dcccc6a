/* The C library that the kernel has: numbers. No allocation. */
#pragma once
#include <stddef.h>

int abs(int n);
int atoi(const char *text);
long atol(const char *text);
int rand(void);
void srand(unsigned int seed);
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
unsigned long strtoul(const char *text, char **end, int base);
