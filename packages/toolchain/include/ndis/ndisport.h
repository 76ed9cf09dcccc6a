#pragma once
#include "../ndis.h"
