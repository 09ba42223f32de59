"""The public interface for programs, at `/api/v1/`: it reads, and changes nothing.  R-29 R-30"""
