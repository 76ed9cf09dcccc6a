#pragma once
#include "devioctl.h"
