#pragma once
#include "ndislab/versions.h"
