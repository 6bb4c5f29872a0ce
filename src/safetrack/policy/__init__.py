"""The policy: what is written in the file, and how it is read.

``yaml`` turns text into plain data with places, ``read`` and ``rule`` turn that into a
`document.Document`, and ``load`` follows ``extends`` and puts the layers together.
"""
