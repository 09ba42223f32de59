"""The pictures, one module for each part. To add one, write a function under `@shot("its-name")`."""
