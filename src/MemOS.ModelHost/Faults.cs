using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>Breaks this process in the ways that native code does, so that its parent can be tried out.</summary>
internal static class Faults
{
    public static void Break(HostFault fault)
    {
        switch (fault)
        {
            case HostFault.NativeAssertion:
                NativeAssertion.Trip();
                break;
            case HostFault.Hang:
                new ManualResetEventSlim().Wait();
                break;
            default:
                for (List<byte[]> eaten = []; ;)
                {
                    byte[] bite = GC.AllocateUninitializedArray<byte>(16 << 20, pinned: true);
                    bite.AsSpan().Fill(1);
                    eaten.Add(bite);
                }
        }
    }
}
