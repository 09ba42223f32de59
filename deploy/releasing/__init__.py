"""What a release holds and how it is built: see `script/release`. Nothing here is part of one."""
