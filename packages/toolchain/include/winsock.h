/* What headers shared with applications take from Windows Sockets 1. */
#pragma once
#include "winsock2.h"
