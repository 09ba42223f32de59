"""The pictures, one module for each part. A new one: a function under `@shot("its-name")`, and that is all."""
