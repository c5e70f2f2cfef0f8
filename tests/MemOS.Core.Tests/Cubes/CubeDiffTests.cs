using MemOS.Cubes;

namespace MemOS.Core.Tests.Cubes;

public sealed class CubeDiffTests
{
    [Fact]
    public void Equal_versions_differ_in_nothing() =>
        Assert.Empty(CubeDiff.Between(Samples.Cube(), Samples.Cube() with { Version = 2, TxFrom = Samples.Noon }));

    [Fact]
    public void A_diff_names_every_field_that_changed_with_both_values()
    {
        MemCube before = Samples.Cube();
        MemCube after = before with
        {
            Payload = new PlaintextPayload("My train leaves at ten."),
            State = CubeState.Merged,
            Descriptive = before.Descriptive with { Tags = ["travel"] },
            Governance = before.Governance with { Priority = 5 },
        };
        Assert.Equal(
            [
                new FieldChange("text", "My train leaves at nine.", "My train leaves at ten."),
                new FieldChange("state", "Generated", "Merged"),
                new FieldChange("tags", null, "travel"),
                new FieldChange("governance.priority", "0", "5"),
            ],
            CubeDiff.Between(before, after).AsEnumerable());
    }
}
