/** The version of `@yowasp/clang` that this package is pinned to; part of the key of every cached build. */
export const CLANG_VERSION = "22.0.0-git20542-10";
