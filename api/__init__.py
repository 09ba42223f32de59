"""The public interface for programs, at `/api/v1/`. It is read-only.  R-29 R-30"""
