"""The proof: canaries planted in every place of every call, looked for in every byte that leaves.

`values` makes them, `encodings` disguises them, `places` says where they are planted, `calls` plants
them, `run` sends all of it through a real client to every destination, `evidence` collects what
came out, `finder` looks for them there, `grid` counts.
"""
