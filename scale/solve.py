"""The smallest eigenpairs of a graph that fiedler wrote as files: mpirun -n RANKS python3 solve.py FOLDER COUNT

COUNT pairs of (D - A)z = lambda Dz, as Graph::smallest_eigenpairs counts them: those of 0 are known and not searched for.
Options of PETSc and SLEPc go behind, such as -eps_tol 1e-10, -eps_monitor, -log_view.
"""

import glob
import sys

# Debian keeps the packages here; elsewhere they are where Python looks.
sys.path += glob.glob("/usr/lib/*dir/*/*-real/lib/python3/dist-packages")
import slepc4py

slepc4py.init([*sys.argv, "-viewer_binary_skip_info"])
from petsc4py import PETSc
from slepc4py import SLEPc

SHIFT = 1e-5  # S is singular, and the coarsest level of GAMG is factored: S + SHIFT I is not.
folder, count = sys.argv[1], int(sys.argv[2])
manifest = dict(line.split() for line in open(f"{folder}/fiedler.txt"))
if "vertices" not in manifest:
    sys.exit(f"{folder}: the writing of this graph was broken off; write it again")
rank, ranks = PETSc.COMM_WORLD.getRank(), PETSc.COMM_WORLD.getSize()
shards, components = int(manifest["shards"]), int(manifest.get("components", 1))
if shards not in (0, ranks):
    sys.exit(f"{folder} holds {shards} shards, one for each rank: mpirun -n {shards}")
if not components < count <= int(manifest["vertices"]):
    sys.exit(f"{components} component(s) give as many pairs of the value 0: ask for more than {components}")


def load(thing, name, comm=PETSc.COMM_WORLD):
    return thing.create(comm).load(PETSc.Viewer().createBinary(f"{folder}/{name}.petsc", "r", comm))


if shards:  # Each rank reads the rows of its shard.
    own = load(PETSc.Mat(), f"matrix-{rank}", PETSc.COMM_SELF)
    rows = own.getSize()[0]
    matrix = PETSc.Mat().createAIJ(((rows, None), (rows, None)), csr=own.getValuesCSR(), comm=PETSc.COMM_WORLD)
    own.destroy()
else:
    matrix = load(PETSc.Mat(), "matrix")

# S + SHIFT I = (1 + SHIFT) I - D^-1/2 A D^-1/2, in place; its null vectors are D^1/2 1, one for each component.
ones, roots = matrix.createVecs()
ones.set(1)
matrix.mult(ones, roots)
roots.sqrtabs()
inverse = roots.copy()
inverse.reciprocal()
matrix.diagonalScale(inverse, inverse)
matrix.scale(-1)
matrix.shift(1 + SHIFT)
null = [roots.copy() for _ in range(components)]
if components > 1:
    first, last = roots.getOwnershipRange()
    labels = load(PETSc.IS(), "components", PETSc.COMM_SELF).getIndices()[first:last]
    for component, vector in enumerate(null):
        vector.setArray(roots.getArray() * (labels == component))
for vector in null:
    vector.normalize()
matrix.setNearNullSpace(PETSc.NullSpace().create(vectors=null))  # What the coarse levels of GAMG keep.

solver = SLEPc.EPS().create()
solver.setOperators(matrix)
solver.setProblemType(SLEPc.EPS.ProblemType.HEP)
solver.setType(SLEPc.EPS.Type.LOBPCG)
solver.setDimensions(count - components)
solver.setWhichEigenpairs(SLEPc.EPS.Which.SMALLEST_REAL)
solver.setTolerances(1e-8, 500)
solver.setDeflationSpace(null)
solver.getST().getKSP().setType("preonly")
solver.getST().getKSP().getPC().setType("gamg")
solver.setFromOptions()
solver.solve()
if solver.getConverged() < count - components:
    sys.exit(f"only {solver.getConverged()} of {count - components} pairs converged: try -eps_tol 1e-6, or -eps_ncv 16")

values = PETSc.Vec().createMPI(count - components)
residuals = values.duplicate()
vector = roots.duplicate()
out = PETSc.Viewer().createBinary(f"{folder}/vectors.petsc", "w")
for pair in range(count - components):
    value = solver.getEigenpair(pair, vector).real - SHIFT
    vector.view(out)
    values[pair], residuals[pair] = value, solver.computeError(pair, SLEPc.EPS.ErrorType.ABSOLUTE)
    PETSc.Sys.Print(f"lambda_{components + pair + 1} = {value:.15e}")
for name, list_ in [("values", values), ("residuals", residuals)]:
    list_.assemble()
    list_.view(PETSc.Viewer().createBinary(f"{folder}/{name}.petsc", "w"))
