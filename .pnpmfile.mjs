// The registry's Node packages publish `os` and `cpu` as strings; pnpm filters optional packages only by arrays.
// Without this every platform's runtime would be downloaded and two commands named `node` would compete.
export const hooks = {
  readPackage(pkg) {
    if (/^node-(?:bin-)?(?:linux|darwin|win)-/.test(pkg.name ?? '')) {
      pkg.os = [pkg.os].flat();
      pkg.cpu = [pkg.cpu].flat();
      if (pkg.name.includes('-linux-')) pkg.libc = ['glibc'];
    }
    return pkg;
  },
};
