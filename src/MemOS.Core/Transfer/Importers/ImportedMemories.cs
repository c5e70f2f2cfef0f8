using MemOS.Cubes;
using MemOS.Operator;
using MemOS.Vaults;

namespace MemOS.Transfer.Importers;

/// <summary>Plans the writing of memories that another system had made. Read again, a memory that is here already is left alone, and one that was changed there gets a version.</summary>
internal static class ImportedMemories
{
    /// <returns>How many are new or got a new version.</returns>
    public static int Plan(WritePlan plan, IReadOnlyList<ImportItem> items)
    {
        int written = 0;
        foreach (ImportItem item in items)
        {
            if (item.Memory is { Id: { } id } memory && plan.Change.Cubes.All(write => write.Cube.Id != id))
            {
                written += plan.Reader.Find(id) is { } held ? Update(plan, held, memory) : Create(plan, id, memory, item.Archived);
            }
        }

        return written;
    }

    private static int Create(WritePlan plan, CubeId id, NewCube memory, bool archived)
    {
        MemCube created = CubeEditor.Create(plan, memory, id);
        if (archived)
        {
            plan.Follow(created, created with { State = CubeState.Archived });
        }

        return 1;
    }

    private static int Update(WritePlan plan, MemCube held, NewCube memory)
    {
        if (held.Text == memory.Payload.Text || !DerivedCubes.IsOpen(held))
        {
            return 0;
        }

        CubeEditor.Update(plan, held.Id, new CubeUpdate { Text = memory.Payload.Text, Valid = memory.Valid, Info = memory.Info }, default);
        return 1;
    }
}
