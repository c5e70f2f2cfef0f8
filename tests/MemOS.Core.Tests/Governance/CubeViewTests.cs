using System.Collections.Immutable;
using MemOS.Core.Tests.Cubes;
using MemOS.Cubes;
using MemOS.Governance;

namespace MemOS.Core.Tests.Governance;

public sealed class CubeViewTests
{
    private static readonly ImmutableSortedDictionary<string, ImmutableSortedSet<string>> Rules =
        ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty.Add("text", ["nurse"]).Add("info.salary", ["hr"]).Add("speaker", ["hr", "nurse"]);

    private static readonly MemCube Cube = Samples.Cube("Blood type AB") with
    {
        Governance = new GovernanceHeader { Restricted = Rules },
        Descriptive = Samples.Cube().Descriptive with { Info = ImmutableSortedDictionary<string, string>.Empty.Add("salary", "4000").Add("ward", "3") },
    };

    [Fact]
    public void Two_roles_see_two_projections_of_one_cube()
    {
        MemCube nurse = CubeView.Project(Cube, Caller.Named("ann", "nurse"))!;
        MemCube hr = CubeView.Project(Cube, Caller.Named("bob", "hr"))!;
        Assert.Equal("Blood type AB", nurse.Text);
        Assert.False(nurse.Descriptive.Info!.ContainsKey("salary"));
        Assert.Equal("3", nurse.Descriptive.Info["ward"]);
        Assert.Equal(CubeView.Withheld, hr.Text);
        Assert.Equal("4000", hr.Descriptive.Info!["salary"]);
        Assert.Equal("Ann", hr.Descriptive.Speaker);
    }

    [Fact]
    public void The_rules_that_hide_are_hidden_too() => Assert.Null(CubeView.Project(Cube, Caller.Named("eve"))!.Governance.Restricted);

    [Fact]
    public void A_private_cube_does_not_exist_for_others()
    {
        MemCube secret = Cube with { Governance = Cube.Governance with { Access = new AccessScope { Layer = AccessLayer.Private, Readers = ["ann"] } } };
        Assert.NotNull(CubeView.Project(secret, Caller.Named("ann")));
        Assert.Null(CubeView.Project(secret, Caller.Named("eve", "nurse")));
        Assert.NotNull(CubeView.Project(secret, Caller.Owner));
    }

    [Fact]
    public void Sensitivity_above_the_clearance_is_not_seen() =>
        Assert.Null(CubeView.Project(Cube with { Governance = new GovernanceHeader { Sensitivity = Sensitivity.Personal } }, Caller.Named("ann")));
}
