#pragma once
#include "driverspecs.h"
